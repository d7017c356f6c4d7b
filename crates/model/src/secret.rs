//! How sealed bytes begin: what sealed them, so that another cipher or layout can be read beside it. 密钥

use crate::coded::coded;

coded! {
    /// What identities are sealed with.
    pub enum Cipher: "secret.cipher_unknown", "cipher" {
        /// AES-256-GCM-SIV (RFC 8452).
        Aes = "aes-256-gcm-siv",
        /// SM4-GCM (GB/T 32907-2016, RFC 8998). 国密
        Sm4 = "sm4-gcm",
    }
}

/// How sealed bytes begin: two letters and the version of the layout. Bytes that begin otherwise were
/// sealed before there were versions.
pub const MARK: [u8; 3] = *b"JQ\x01";

/// The whole beginning: the mark, and which cipher.
pub const HEAD: usize = 4;

impl Cipher {
    pub const fn head(self) -> [u8; HEAD] {
        let [a, b, c] = MARK;
        let number = match self {
            Self::Aes => 1,
            Self::Sm4 => 2,
        };
        [a, b, c, number]
    }

    /// The cipher that sealed bytes name, and what follows; none for those without a beginning.
    pub fn split(sealed: &[u8]) -> Option<(Self, &[u8])> {
        let (head, body) = sealed.split_first_chunk::<HEAD>()?;
        let cipher = Self::ALL.iter().find(|cipher| cipher.head() == *head)?;
        Some((*cipher, body))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sealed_bytes_say_what_sealed_them() {
        for cipher in Cipher::ALL {
            let sealed = [cipher.head().as_slice(), b"body"].concat();
            assert_eq!(Cipher::split(&sealed), Some((*cipher, b"body".as_slice())));
        }
    }

    #[test]
    fn bytes_of_another_layout_name_no_cipher() {
        assert_eq!(Cipher::split(b"JQ\x02\x01body"), None);
        assert_eq!(Cipher::split(b"JQ\x01\x09body"), None);
        assert_eq!(Cipher::split(b"JQ"), None);
    }
}
