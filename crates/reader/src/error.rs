//! Why a file could not be read at all.

use thiserror::Error;

use crate::limits;

/// Why a file could not be read at all. What stands *in* a file never is an error.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The file has no bytes.
    #[error("the file is empty")]
    Empty,
    /// The file, or a part that it would unpack to, is larger than the readers look at.
    #[error("the file is too large: {detail}")]
    TooLarge {
        /// What is too large, in English.
        detail: String,
        /// What is too large, in Chinese.
        detail_zh: String,
    },
    /// The file is of a kind that is recognised but not read.
    #[error("this is {}, which cannot be read{}", .0.name(), .0.advice())]
    Unsupported(Foreign),
    /// The file is of a kind that is read, but broken.
    #[error("the file is damaged: {detail}")]
    Damaged {
        /// What is wrong, in English.
        detail: String,
        /// What is wrong, in Chinese.
        detail_zh: String,
    },
    /// The pages have no text: a scan.
    #[error("the pages are pictures without text (a scan); use the document that it was made from")]
    NoText,
    /// The file holds several reports; which one is meant cannot be said.
    #[error("it holds {0} reports; keep one report a file")]
    Several(usize),
    /// The file only says that another one could not be read.
    #[error("it only records that a report could not be read: {0}")]
    Failure(String),
    /// The file is protected by a password.
    #[error("the file is protected by a password; remove the password and try again")]
    Encrypted,
}

impl ReadError {
    /// A stable kebab-case word for the kind of error.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge { .. } => "too-large",
            Self::Unsupported(_) => "unsupported",
            Self::Damaged { .. } => "damaged",
            Self::NoText => "no-text",
            Self::Several(_) => "several-reports",
            Self::Failure(_) => "no-report",
            Self::Encrypted => "encrypted",
        }
    }

    /// The message in Chinese: what it is, and what to do.
    pub fn message_zh(&self) -> String {
        match self {
            Self::Empty => "文件是空的，没有任何内容；请确认选对了文件。".to_owned(),
            Self::TooLarge { detail_zh, .. } => {
                format!("文件过大：{detail_zh}；请删去其中的图片和附件，只保留年度报告正文后再试。")
            }
            Self::Unsupported(foreign) => {
                format!("这是{}，{}；{}。", foreign.name_zh(), foreign.verdict_zh(), foreign.advice_zh())
            }
            Self::Damaged { detail_zh, .. } => {
                format!("文件已损坏：{detail_zh}；请重新下载，或在 Word、WPS 中打开后另存为 .docx 再试。")
            }
            Self::NoText => {
                "这是扫描件，没有文字层，读不出文字和数字；请改用生成它的 Word 原稿（.docx），或先做文字识别并人工核对。".to_owned()
            }
            Self::Several(count) => {
                format!("文件里有 {count} 份报告，无法确定要读哪一份；请拆成每个文件一份（extract --format jsonl 每行一份）。")
            }
            Self::Failure(why) => format!("里面没有报告，只记录了读取失败的原因：{why}"),
            Self::Encrypted => "文件设有打开密码，无法读取；请取消密码后另存一份再试。".to_owned(),
        }
    }

    pub(crate) fn too_large(bytes: usize) -> Self {
        let (size, limit) = (bytes.div_ceil(1 << 20), limits::INPUT >> 20);
        Self::TooLarge {
            detail: format!("{size} MB, where the limit is {limit} MB"),
            detail_zh: format!("有 {size} MB，上限 {limit} MB"),
        }
    }

    /// Why a package could not be opened; `other` is what it is if it is no Word document.
    pub(crate) fn from_package(error: &nianbao_ooxml::Error, other: Foreign) -> Self {
        use nianbao_ooxml::Error;
        let (detail, detail_zh) = (error.to_string(), error.message_zh());
        match error {
            Error::NotAPackage | Error::NoDocument => Self::Unsupported(other),
            Error::TooLarge { .. } => Self::TooLarge { detail, detail_zh },
            Error::Encrypted => Self::Encrypted,
            _ => Self::Damaged { detail, detail_zh },
        }
    }
}

/// A kind of file that is recognised but not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Foreign {
    /// Portable Document Format.
    Pdf,
    /// Open Fixed-layout Document, GB/T 33190.
    Ofd,
    /// Word before Word 97.
    Doc,
    /// Excel before Excel 97.
    Xls,
    /// PowerPoint 97–2003.
    Ppt,
    /// Another file in the compound format of old Office.
    Compound,
    /// Another OpenDocument file.
    OpenDocument,
    /// An Excel workbook that is none of the two usual ones: `.xlsb`, or one XML file.
    Workbook,
    /// PowerPoint slides of today.
    Pptx,
    /// A Word document as one XML file.
    WordXml,
    /// An electronic book.
    Epub,
    /// A picture.
    Image(&'static str),
    /// An archive that is no document.
    Archive(&'static str),
    /// JSON that `nianbao extract` did not write.
    Json,
    /// JSON that `nianbao extract --document` wrote.
    DocumentView,
    /// Bytes that are no text.
    Binary,
}

impl Foreign {
    /// The name of the kind in English.
    pub fn name(self) -> String {
        match self {
            Self::Pdf => "a PDF file".to_owned(),
            Self::Ofd => "an OFD file".to_owned(),
            Self::Doc => "a document of Word 6 or Word 95 (.doc)".to_owned(),
            Self::Xls => "a workbook of Excel 5.0, 95 or older (.xls)".to_owned(),
            Self::Ppt => "a PowerPoint 97-2003 presentation (.ppt)".to_owned(),
            Self::Compound => "a file in the old Office format".to_owned(),
            Self::OpenDocument => "an OpenDocument file that is no text".to_owned(),
            Self::Workbook => "an Excel workbook in another form than .xlsx".to_owned(),
            Self::Pptx => "a PowerPoint presentation (.pptx)".to_owned(),
            Self::WordXml => "a Word document saved as XML".to_owned(),
            Self::Epub => "an EPUB book".to_owned(),
            Self::Image(kind) => format!("a {kind} image"),
            Self::Archive(kind) => format!("a {kind} archive"),
            Self::Json => "JSON data of another program".to_owned(),
            Self::DocumentView => "the output of extract --document".to_owned(),
            Self::Binary => "no document that is known".to_owned(),
        }
    }

    /// The name of the kind in Chinese.
    pub fn name_zh(self) -> String {
        match self {
            Self::Pdf => " PDF 文件".to_owned(),
            Self::Ofd => " OFD 版式文件".to_owned(),
            Self::Doc => " Word 97 之前的旧文档（.doc）".to_owned(),
            Self::Xls => " Excel 97 之前的旧工作簿（.xls）".to_owned(),
            Self::Ppt => "旧版 PowerPoint 演示文稿（.ppt）".to_owned(),
            Self::Compound => "旧版 Office 格式的文件".to_owned(),
            Self::OpenDocument => " OpenDocument 表格或演示文件".to_owned(),
            Self::Workbook => "非 .xlsx 格式的 Excel 工作簿（如 .xlsb）".to_owned(),
            Self::Pptx => " PowerPoint 演示文稿（.pptx）".to_owned(),
            Self::WordXml => "存为 XML 的 Word 文档".to_owned(),
            Self::Epub => " EPUB 电子书".to_owned(),
            Self::Image(kind) => format!(" {kind} 图片"),
            Self::Archive(kind) => format!(" {kind} 压缩包"),
            Self::Json => "其他程序的 JSON 数据".to_owned(),
            Self::DocumentView => " extract --document 的输出".to_owned(),
            Self::Binary => "无法识别的二进制文件".to_owned(),
        }
    }

    fn verdict_zh(self) -> &'static str {
        match self {
            Self::DocumentView => "不能当作报告读取",
            Self::Image(_)
            | Self::Archive(_)
            | Self::Binary
            | Self::Json
            | Self::Epub
            | Self::Ppt
            | Self::Pptx => "不是文档",
            _ => "暂不支持",
        }
    }

    fn advice_zh(self) -> &'static str {
        match self {
            Self::Pdf | Self::Ofd => "请改用生成它的 Word 原稿（.docx），或用 Word、WPS 把它转成 .docx",
            Self::Doc | Self::WordXml | Self::Compound => "请用 Word 或 WPS 打开，另存为 .docx 后再试",
            Self::Xls | Self::Workbook => "请用 Excel 或 WPS 打开，另存为 .xlsx 后再试",
            Self::OpenDocument => "请把表格复制到年度报告的 Word 文档（.docx）中再试",
            Self::Image(_) => "图片里的文字和表格读不出来，请提供 Word 文档（.docx）或网页（.html）",
            Self::Archive(_) => "请解压后选择其中的年度报告",
            Self::DocumentView => "请改用不带 --document 的 extract 输出",
            Self::Ppt | Self::Pptx | Self::Epub | Self::Binary | Self::Json => {
                "请提供 Word 文档（.docx）、网页（.html）或纯文本（.txt）"
            }
        }
    }

    fn advice(self) -> &'static str {
        match self {
            Self::Pdf | Self::Ofd => " yet; use the document that it was made from, saved as .docx",
            Self::Doc | Self::WordXml | Self::Compound => " yet; open it in Word or WPS and save it as .docx",
            Self::Xls | Self::Workbook => "; open it in Excel or WPS and save it as .xlsx",
            Self::OpenDocument => "; copy the tables into the report and save it as .docx",
            Self::Image(_) => "; its text cannot be seen, use the .docx or the HTML page",
            Self::Archive(_) => "; unpack it and choose the report in it",
            Self::DocumentView => "; use the output of extract without --document",
            Self::Ppt | Self::Pptx | Self::Epub | Self::Binary | Self::Json => {
                "; use a .docx, HTML or plain text file"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_name_the_kind_and_what_to_do() {
        let error = ReadError::Unsupported(Foreign::Image("PNG"));
        assert_eq!(error.kind(), "unsupported");
        assert!(error.message_zh().starts_with("这是 PNG 图片，不是文档；"), "{}", error.message_zh());
        assert_eq!(
            ReadError::Unsupported(Foreign::Doc).to_string(),
            "this is a document of Word 6 or Word 95 (.doc), which cannot be read yet; open it in Word or WPS and save it as .docx"
        );
        assert!(ReadError::too_large(80 << 20).message_zh().contains("有 80 MB，上限 64 MB"));
    }
}
