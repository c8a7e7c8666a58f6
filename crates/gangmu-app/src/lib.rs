//! Gangmu app.
