//! Gangmu documents.
