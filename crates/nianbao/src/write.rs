//! Writing files, whole or not at all.

use std::io::Write;
use std::path::Path;

/// Writes a file so that whoever looks at any moment, or after a crash, finds the old file or the new one, never a half:
/// the bytes go to a hidden file in the same folder, which then takes the place of the old one.
pub(crate) fn atomically(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    // A link stays a link: what it leads to is replaced.
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".nianbao-").suffix(".tmp").tempfile_in(folder)?;
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
