//! Stage 7: rules × lines of units → attributions.

pub mod candidate;
mod clause;
pub mod find;
mod glued;
pub mod interview;
mod opened;
pub mod post;
pub mod settle;
mod several;
mod subject;
pub mod trim;
