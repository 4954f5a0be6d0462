//! Stages 1 and 2: bytes become text, text becomes a document of blocks.

pub mod comment;
pub mod decode;
pub mod document;
pub mod garbled;
pub mod lines;
