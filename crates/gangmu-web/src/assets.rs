//! Style sheets and scripts inside the program, served under addresses that carry their digest.

use std::{borrow::Cow, collections::BTreeMap, fmt::Write as _};

#[derive(rust_embed::Embed)]
#[folder = "assets/"]
struct Files;

/// One file that the browser may ask for.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Its content.
    pub bytes: Cow<'static, [u8]>,
    /// Its media type.
    pub media_type: &'static str,
}

/// All files, by their addresses.
///
/// An address carries eight digits of the file's digest: it may be cached for ever, a changed file has another address.
#[derive(Debug)]
pub struct Assets {
    by_address: BTreeMap<String, Asset>,
    addresses: BTreeMap<String, String>,
}

impl Assets {
    /// Reads the embedded files.
    pub fn load() -> Self {
        let mut by_address = BTreeMap::new();
        let mut addresses = BTreeMap::new();
        for name in Files::iter() {
            let Some(file) = Files::get(&name) else { continue };
            let digest = file.metadata.sha256_hash()[..4].iter().fold(String::new(), |mut text, byte| {
                write!(text, "{byte:02x}").expect("a String takes every write");
                text
            });
            let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, "bin"));
            let address = format!("/assets/{stem}.{digest}.{ending}");
            by_address.insert(address.clone(), Asset { bytes: file.data, media_type: media_type(ending) });
            addresses.insert(name.into_owned(), address);
        }
        Self { by_address, addresses }
    }

    /// The file at an address.
    pub fn get(&self, address: &str) -> Option<&Asset> {
        self.by_address.get(address)
    }

    /// Eight digits that change when any file changes.
    pub fn edition(&self) -> String {
        let joined = self.by_address.keys().map(String::as_str).collect::<String>();
        let sum = joined.bytes().fold(0x811c_9dc5_u32, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        format!("{sum:08x}")
    }

    /// The address of a file.
    pub fn address(&self, name: &str) -> Option<&str> {
        self.addresses.get(name).map(String::as_str)
    }
}

fn media_type(ending: &str) -> &'static str {
    match ending {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        _ => "application/octet-stream",
    }
}
