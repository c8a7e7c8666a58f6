//! Gangmu store.
