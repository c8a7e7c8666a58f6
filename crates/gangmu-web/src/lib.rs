//! Gangmu web.
