//! Forms as browsers send them (表单): pairs of names and values, and back.

/// The fields of a sent form in their order; `None` where it is no text.
pub fn fields(body: &[u8]) -> Option<Vec<(String, String)>> {
    let text = std::str::from_utf8(body).ok()?;
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((decoded(name)?, decoded(value)?))
        })
        .collect()
}

/// The fields as a browser would send them.
pub fn body(fields: &[(String, String)]) -> String {
    fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect::<Vec<_>>().join("&")
}

/// A text in which everything but letters and digits is percent-encoded.
pub fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() { out.push(char::from(byte)) } else { out.push_str(&format!("%{byte:02X}")) }
    }
    out
}

/// The text behind percent-encoding, a plus being a blank; `None` where it is none.
pub fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => {
                let pair = [rest.next()?, rest.next()?];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&pair).ok()?, 16).ok()?);
            }
            b'+' => bytes.push(b' '),
            other => bytes.push(other),
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_comes_back_as_it_was() {
        let typed = [("reason", "两行\n文字 & = % + 结束"), ("reason", ""), ("键", "<a href='x'>")];
        let typed: Vec<(String, String)> = typed.map(|(a, b)| (a.to_owned(), b.to_owned())).into();
        assert_eq!(fields(body(&typed).as_bytes()), Some(typed));
        assert_eq!(fields(b"a=b+c&&d"), Some(vec![("a".into(), "b c".into()), ("d".into(), String::new())]));
        assert_eq!(fields(b"a=%zz"), None);
        assert_eq!(fields(&[0xff, 0xfe]), None);
    }
}
