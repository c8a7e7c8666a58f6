//! The house itself: signs of life, assets, language, the component gallery, and the pages that stop.

mod pages;
mod serve;

pub use pages::{GalleryPage, StopPage};
pub use serve::{alive, asset, choose_language, gallery, ready};
