//! What an OLE compound file says of itself (复合文档): the names of its streams, enough to know .doc, .xls, .wps, .et.

/// The first bytes of every compound file.
pub(crate) const MAGIC: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// The names of all streams. Directory entries lie on multiples of 128 bytes, so that they are found without the
/// allocation table and also in files whose table is damaged.
pub(crate) fn stream_names(bytes: &[u8]) -> Vec<String> {
    bytes.chunks_exact(128).skip(4).filter_map(entry_name).collect()
}

/// The name, if the 128 bytes look like a directory entry.
fn entry_name(entry: &[u8]) -> Option<String> {
    let length = usize::from(u16::from_le_bytes([entry[64], entry[65]]));
    let storage_stream_or_root = matches!(entry[66], 1 | 2 | 5);
    let color = entry[67] <= 1;
    if !storage_stream_or_root || !color || !(4..=64).contains(&length) || length % 2 != 0 {
        return None;
    }
    let units: Vec<u16> = entry[..length].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    let (last, name) = units.split_last()?;
    if *last != 0 || name.contains(&0) {
        return None;
    }
    String::from_utf16(name).ok()
}

/// Did WPS Office write it? It leaves its name or its build number in the document properties.
pub(crate) fn made_by_wps(bytes: &[u8]) -> bool {
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    ["KSOProductBuildVer", "WPS Office"]
        .iter()
        .flat_map(|hint| [hint.as_bytes().to_vec(), wide(hint)])
        .any(|hint| contains(bytes, &hint))
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    let first = needle[0];
    let mut from = 0;
    while let Some(at) = bytes[from..].iter().position(|byte| *byte == first) {
        if bytes[from + at..].starts_with(needle) {
            return true;
        }
        from += at + 1;
    }
    false
}
