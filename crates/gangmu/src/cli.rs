//! What may be asked on the command line (命令行).

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// 纲目：从规划文本到日常工作 (Gangmu: from the text of a plan to daily work)
#[derive(Debug, Parser)]
#[command(name = "gangmu", version, propagate_version = false)]
pub struct Cli {
    /// 提示语言 (language of messages)
    #[arg(long, value_enum, global = true)]
    pub lang: Option<Lang>,
    /// 配置文件，默认当前目录的 gangmu.toml，没有则用默认值 (configuration file)
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Command,
}

/// A language of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// Chinese.
    #[value(name = "zh-CN")]
    Chinese,
    /// English.
    #[value(name = "en")]
    English,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// 启动服务 (serve)
    Serve,
    /// 装入示范区并启动服务，时钟从示范日期走起 (load the demonstration district and serve)
    Demo {
        /// 只装入，不启动 (load only)
        #[arg(long)]
        load_only: bool,
        /// 用这份文件代替示范文本 (a plan of your own in place of the demonstration text)
        #[arg(long, value_name = "FILE")]
        plan: Option<PathBuf>,
    },
    /// 升级数据库结构 (bring the database schema up to date)
    Migrate,
    /// 规划文本：不需要服务和数据库 (plan texts, without server or database)
    #[command(subcommand)]
    Plan(Plan),
    /// 算式：检查和求值，逐行读写 JSON，不需要服务和数据库 (formulas as JSON lines, without server or database)
    #[command(subcommand)]
    Formula(Formula),
    /// 指标：目标分解和预测，逐行读写 JSON，不需要服务和数据库 (indicators as JSON lines, without server or database)
    #[command(subcommand)]
    Indicators(Indicators),
    /// 账号 (accounts)
    #[command(subcommand)]
    User(User),
    /// 操作日志 (the journal)
    #[command(subcommand)]
    Journal(Journal),
    /// 备份：数据库、附件、配置（不含密码）存成一个文件，服务不用停 (save everything in one file while the server runs)
    #[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
    Backup {
        #[command(subcommand)]
        asked: Option<Backup>,
        /// 备份文件，不能已经存在 (the file to write; must not exist)
        #[arg(required = true)]
        file: Option<PathBuf>,
    },
    /// 恢复：用备份文件建立数据库，只写入空的地方 (make a database of a backup in an empty place)
    Restore {
        /// 备份文件 (the backup)
        file: PathBuf,
        /// 文件路径或 postgres:// 地址 (path of a file, or postgres://…)
        #[arg(long, value_name = "URL")]
        into: String,
        /// 附件放入的数据文件夹 (the data folder for attachments)
        #[arg(long, value_name = "DIR")]
        data: Option<PathBuf>,
    },
    /// 检查配置、数据库和运行条件 (check configuration, database and surroundings)
    Doctor {
        /// 输出 JSON (as JSON)
        #[arg(long)]
        json: bool,
    },
    /// Reads a document from standard input in a process of its own.
    #[command(hide = true)]
    ReadDocument {
        /// The file's name.
        #[arg(long)]
        name: String,
        /// Do not read its text but examine what it is.
        #[arg(long)]
        examine: bool,
        /// The media type that its sender declares.
        #[arg(long, default_value = "")]
        declared: String,
        /// How much memory it may have, in bytes.
        #[arg(long, default_value_t = crate::reader::MEMORY)]
        memory: u64,
    },
}

#[derive(Debug, Subcommand)]
pub enum Backup {
    /// 恢复演练：把备份恢复到临时数据库，逐行核对后删除 (restore into a temporary database, compare, remove)
    Rehearse {
        /// 备份文件，默认备份文件夹里最新的一份 (the backup; the newest of the folder if not given)
        file: Option<PathBuf>,
        /// 输出 JSON (as JSON)
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Subcommand)]
pub enum Plan {
    /// 输出所有位置所指的文本 (print the text that all offsets refer to)
    Text {
        /// .txt .md .csv .html .docx .xlsx .xls .pdf .ofd
        file: PathBuf,
    },
    /// 编译规划文本 (compile a plan)
    Compile {
        /// .txt .md .csv .html .docx .xlsx .xls .pdf .ofd
        file: PathBuf,
        /// 按 gangmu.plan/1 输出 JSON (as JSON, contract gangmu.plan/1)
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        pack: PackOption,
    },
    /// 把附表、任务分工表等与纲要归并 (join annexes and divisions of work to an outline)
    Join {
        /// 规划纲要 (the outline)
        outline: PathBuf,
        /// 附表、任务分工表、项目清单、其他规划 (annexes, divisions of work, lists of projects, other plans)
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// 按 gangmu.join/1 输出 JSON (as JSON, contract gangmu.join/1)
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        pack: PackOption,
    },
    /// 生成台账和疑点 (write the register and a sheet of doubts)
    Register {
        /// 规划文本和附表 (the plan and its annexes)
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// 台账文件 (the workbook to write)
        #[arg(short, long, value_name = "OUT.xlsx")]
        output: PathBuf,
        #[command(flatten)]
        pack: PackOption,
    },
    /// 与另一部规划衔接：对应条款和冲突 (lay our plan beside another: clauses that answer each other, and conflicts)
    Align {
        /// 本规划 (our plan)
        ours: PathBuf,
        /// 上级、同级或专项规划 (the other plan)
        other: PathBuf,
        /// 按 gangmu.align/1 输出 JSON (as JSON, contract gangmu.align/1)
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        pack: PackOption,
    },
    /// 逐条对比两个版本 (compare two editions clause by clause)
    Diff {
        /// 旧版本 (the old edition)
        old: PathBuf,
        /// 新版本 (the new edition)
        new: PathBuf,
        /// 按 gangmu.diff/1 输出 JSON (as JSON, contract gangmu.diff/1)
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        pack: PackOption,
    },
    /// 说明某段文字由哪条规则读出 (which rule said this, which came near)
    Explain {
        /// .txt .md .csv .html .docx .xlsx .xls .pdf .ofd
        file: PathBuf,
        /// 起止字符位置 START..END (code points, end exclusive)
        range: String,
        /// 输出 JSON (as JSON)
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        pack: PackOption,
    },
}

#[derive(Debug, Subcommand)]
pub enum Formula {
    /// 检查算式：{"id","text","names":{名称:{"type","unit"}}} (check formulas)
    Check(Lines),
    /// 求值：{"id","text","values":{名称:值或null}} (evaluate formulas)
    Eval(Lines),
}

#[derive(Debug, Subcommand)]
pub enum Indicators {
    /// 目标分解：{"id","baseline","target","from","to","rule","weights","decimals"} (split targets)
    Split(Lines),
    /// 预测：{"id","frequency","values","horizon","target":{"comparator","value"}} (forecast series)
    Forecast(Lines),
}

#[derive(Debug, Args)]
pub struct Lines {
    /// 每行一个 JSON 对象的文件；不给则读标准输入 (a file of JSON lines; standard input if not given)
    pub file: Option<PathBuf>,
    /// 按行输出 JSON (as JSON lines)
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct PackOption {
    /// 数据包文件夹，提供已知的单位和区划名称 (a pack's folder with known names)
    #[arg(long, value_name = "DIR")]
    pub pack: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum Journal {
    /// 导出日志，末行为签名 (export the journal; its last line is signed)
    Export {
        /// 导出文件 (the file to write)
        file: PathBuf,
        /// 从第几条起 (the first entry)
        #[arg(long, value_name = "SEQ", default_value_t = 1, value_parser = clap::value_parser!(i64).range(1..))]
        from: i64,
    },
    /// 核验日志：数据库中的，或导出文件 (verify the journal of the database, or an export)
    Verify {
        /// 导出文件；不给则核验数据库 (an export; none means the database)
        file: Option<PathBuf>,
        /// 输出 JSON (as JSON)
        #[arg(long)]
        json: bool,
        /// 导出文件应由此公钥签名 (the public key that must have signed the export)
        #[arg(long, value_name = "KEY", requires = "file")]
        key: Option<String>,
        /// 已留存的链头，可重复 (heads that were kept, repeatable)
        #[arg(long = "head", value_name = "SEQ:HASH")]
        heads: Vec<String>,
        /// 核对这份举证文件 (a proof to hold against the export)
        #[arg(long, value_name = "FILE", requires = "file")]
        proof: Option<PathBuf>,
    },
    /// 立即签发检查点 (sign a checkpoint now)
    Checkpoint,
    /// 为某条的内容出具举证文件，供核验程序核对 (write a proof of a value, for the verifier)
    Prove {
        /// 第几条 (the entry)
        #[arg(value_parser = clap::value_parser!(i64).range(1..))]
        seq: i64,
        /// before、after、who、why，或批量操作中某行的键 (before, after, who, why, or the key of a row)
        side: String,
        /// 举证文件 (the file to write)
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub enum User {
    /// 新增账号 (add an account)
    Add {
        /// 登录名 (login)
        login: String,
        /// 姓名 (the person's name)
        #[arg(long)]
        name: String,
        /// 职务 (post)
        #[arg(long)]
        post: Option<String>,
        /// 单位代码 (code of the organisation)
        #[arg(long)]
        organisation: Option<String>,
        /// 角色，可重复：planner reviewer liaison leader supervisor system security audit (roles, repeatable)
        #[arg(long = "role", required = true)]
        roles: Vec<String>,
        /// 从文件读取密码；不给则生成首日密码 (file with the password; otherwise one is made for the first day)
        #[arg(long, value_name = "FILE")]
        password_file: Option<PathBuf>,
    },
    /// 列出账号 (list accounts)
    List,
    /// 重置密码，输出首日密码 (reset a password)
    Reset {
        /// 登录名 (login)
        login: String,
    },
    /// 设置角色，代替原有角色 (set the roles)
    Roles {
        /// 登录名 (login)
        login: String,
        /// planner reviewer liaison leader supervisor system security audit
        #[arg(required = true)]
        roles: Vec<String>,
    },
}
