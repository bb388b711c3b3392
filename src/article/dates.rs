//! Dates as people write them, with the precision they are written in.
