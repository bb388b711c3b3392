//! Outputs: one function over the whole run each, with serialisation structs of their own.

pub mod json;
