//! `nianbao init`.

use std::path::Path;

use nianbao_lint::{Say, say};

use crate::args::InitArgs;
use crate::config::{self, init::template, slashes};
use crate::terminal::Terminal;
use crate::{Status, Stop, write};

pub(crate) fn run(args: &InitArgs, terminal: &Terminal) -> Result<Status, Stop> {
    let path = Path::new(&args.folder).join(config::FILE_NAME);
    let name = slashes(path.strip_prefix(".").unwrap_or(&path));
    let text = template(terminal.language());
    // Made only where there is none: no moment between looking and writing.
    let made = std::fs::File::create_new(&path).and_then(|mut file| {
        std::io::Write::write_all(&mut file, text.as_bytes())?;
        file.sync_all()
    });
    match made {
        Ok(()) => {
            terminal.print(&terminal.say(&say!(
                "已新建 {name}。打开它，填写机关名称；nianbao show-config 显示最终生效的设置。\n",
                "Wrote {name}. Open it and fill in the organ; `nianbao show-config` shows what is in force.\n"
            )))?;
            Ok(Status::Clean)
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            Err(Stop::Say(say!("{name} 已经存在，没有改动它", "{name} exists already and was left as it is")))
        }
        Err(error) => {
            let Say { zh, en } = write::reason(&error);
            Err(Stop::Say(say!("{name}：无法新建：{zh}", "{name}: cannot be written: {en}")))
        }
    }
}
