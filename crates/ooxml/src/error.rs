//! Why a package cannot be read.

/// What [`Error::TooLarge`] names when the number of archive entries is what is too large.
pub const ENTRIES: &str = "[entries]";

/// Why a package cannot be read.
///
/// Only the container can fail: whatever stands inside a well-formed package becomes blocks and [`Notes`], so that one
/// odd element never costs the whole document.
///
/// [`Notes`]: crate::Notes
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are no ZIP archive.
    #[error("not a ZIP package")]
    NotAPackage,
    /// The bytes begin as a ZIP archive, but its directory, which stands at the end, is missing.
    #[error("the ZIP package is cut off: its directory is missing")]
    Truncated,
    /// The archive or a part that the text depends on is damaged.
    #[error("the package is damaged: {part}: {reason}")]
    Damaged {
        /// The part, or an empty string for the archive itself.
        part: String,
        /// What the decoder said.
        reason: String,
    },
    /// A part, or the number of parts, is beyond what any report has.
    #[error("{part} is larger than {limit}")]
    TooLarge {
        /// The part, or [`ENTRIES`].
        part: String,
        /// The limit, in bytes or entries.
        limit: u64,
    },
    /// A package, but none that holds a WordprocessingML document (a workbook, a presentation, any other ZIP).
    #[error("the ZIP package holds no Word document")]
    NoDocument,
    /// The document is protected by a password.
    #[error("the document is protected by a password")]
    Encrypted,
}

impl Error {
    /// A stable kebab-case word for the kind of error.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::NotAPackage => "not-a-package",
            Self::Truncated => "truncated",
            Self::Damaged { .. } => "damaged",
            Self::TooLarge { .. } => "too-large",
            Self::NoDocument => "no-document",
            Self::Encrypted => "encrypted",
        }
    }

    /// What is wrong, in Chinese.
    pub fn message_zh(&self) -> String {
        match self {
            Self::NotAPackage => "不是 ZIP 包，因此不是 .docx 文件".to_owned(),
            Self::Truncated => "ZIP 包不完整，末尾的目录缺失，可能没有下载或保存完".to_owned(),
            Self::Damaged { part, .. } if part.is_empty() => "ZIP 包的目录已损坏".to_owned(),
            Self::Damaged { part, .. } => format!("其中的 {part} 已损坏，无法解压"),
            Self::TooLarge { part, limit } if part == ENTRIES => format!("ZIP 包里的文件超过 {limit} 个"),
            Self::TooLarge { part, limit } => format!("其中的 {part} 解压后超过 {} MB", limit >> 20),
            Self::NoDocument => "ZIP 包里没有 Word 正文，可能是其他类型的文件".to_owned(),
            Self::Encrypted => "文件设有打开密码".to_owned(),
        }
    }
}
