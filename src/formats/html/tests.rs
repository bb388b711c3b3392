use super::*;

fn placeholder() {}
