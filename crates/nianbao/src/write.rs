//! Writing files, whole or not at all, and why it did not work.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use nianbao_lint::{Say, say};

/// Writes a file so that whoever looks at any moment, or after a crash, finds the old file or the new one, never a half:
/// the bytes go to a hidden file in the same folder, which then takes the place of the old one.
pub(crate) fn atomically(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    may_be_replaced(path)?;
    // A link stays a link: what it leads to is replaced.
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mut file =
        tempfile::Builder::new().prefix(".nianbao-").suffix(".tmp").tempfile_in(folder_of(&target))?;
    file.write_all(bytes)?;
    let permissions = match std::fs::metadata(&target) {
        Ok(old) => Some(old.permissions()),
        Err(_) => ordinary(),
    };
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    file.as_file().sync_all()?;
    file.persist(&target).map_err(|e| e.error)?;
    Ok(())
}

/// The folder that a file is in.
pub(crate) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// One name for a file whatever way leads to it, also for one that is not there yet.
pub(crate) fn identity(path: &Path) -> PathBuf {
    let there = std::fs::canonicalize(path).ok();
    there
        .or_else(|| Some(std::fs::canonicalize(folder_of(path)).ok()?.join(path.file_name()?)))
        .unwrap_or_else(|| path.to_owned())
}

/// Whether the user let others write a file. Putting a new file in the place of an old one asks the folder only, and would
/// get past the protection of a file that is marked as read-only.
pub(crate) fn may_be_replaced(path: &Path) -> std::io::Result<()> {
    match std::fs::OpenOptions::new().append(true).open(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Why something could not be written, in the words of the user; systems say it in English and name temporary files.
pub(crate) fn reason(error: &std::io::Error) -> Say {
    match error.kind() {
        _ if in_use(error) => say!(
            "文件正被其他程序（如 Word、WPS、Excel）打开，请先关闭",
            "another program has the file open, such as Word or Excel; close it first"
        ),
        ErrorKind::NotFound => say!("所在的文件夹不存在", "the folder does not exist"),
        ErrorKind::PermissionDenied => {
            say!("没有写入权限，或者文件是只读的", "permission denied, or the file is read-only")
        }
        ErrorKind::ReadOnlyFilesystem => say!("磁盘是只读的", "the disk is read-only"),
        ErrorKind::IsADirectory => say!("这是文件夹，不是文件", "this is a folder"),
        ErrorKind::NotADirectory => {
            say!("路径中有一段是文件，不是文件夹", "a part of the path is a file, not a folder")
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => say!("磁盘已满", "the disk is full"),
        ErrorKind::InvalidFilename => say!("文件名太长或者不合规定", "the name is too long or not allowed"),
        _ => say!("{error}", "{error}"),
    }
}

/// Whether another program keeps a file to itself, as office programs do on Windows.
pub(crate) fn in_use(error: &std::io::Error) -> bool {
    // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION
    cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33))
}

/// The permissions of a new file that others may read; temporary files are their owner's alone.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "other systems have none to give")]
fn ordinary() -> Option<std::fs::Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn ordinary() -> Option<std::fs::Permissions> {
    None
}
