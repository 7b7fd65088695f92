//! The walls around the decoder, put up by itself before it reads a byte of a guest's file.
//!
//! Resource limits bound memory and time; Landlock takes the file system away; the system-call
//! filter leaves memory, clocks and the two pipes. Whoever takes over a decoder then holds one
//! guest's photo and nothing else: no database, no secrets, no network, no other process.

use std::collections::BTreeMap;

use landlock::{
    ABI, Access, AccessFs, CompatLevel, Compatible, Ruleset, RulesetAttr, RulesetStatus,
};
use rustix::process::{DumpableBehavior, Resource, Rlimit};
use seccompiler::{SeccompAction, SeccompFilter, TargetArch};

/// Limits of one decoder.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Address space in bytes: program, stacks, file, pixels, everything.
    pub memory_bytes: u64,
    /// Processor time in seconds.
    pub cpu_s: u64,
}

/// Which walls stand.
#[derive(Clone, Copy, Debug)]
pub struct Confinement {
    /// Whether the kernel also took the file system away by Landlock. Without it (before
    /// Linux 5.13) the system-call filter alone refuses to open anything.
    pub has_landlock: bool,
}

/// Shuts this thread in, and all that it starts. There is no way back.
///
/// Fails when the limits or the filter cannot be set: then nothing may be decoded here.
pub fn confine(limits: Limits) -> Result<Confinement, String> {
    yield_to_others();
    let fixed = |value| Rlimit {
        current: Some(value),
        maximum: Some(value),
    };
    for (resource, value) in [
        (Resource::As, limits.memory_bytes),
        (Resource::Core, 0),
        (Resource::Fsize, 0),
    ] {
        rustix::process::setrlimit(resource, fixed(value))
            .map_err(|error| format!("setrlimit {resource:?}: {error}"))?;
    }
    // A second between the two lets the kernel name the reason (SIGXCPU) before it kills.
    let cpu = Rlimit {
        current: Some(limits.cpu_s),
        maximum: Some(limits.cpu_s + 1),
    };
    rustix::process::setrlimit(Resource::Cpu, cpu)
        .map_err(|error| format!("setrlimit Cpu: {error}"))?;
    rustix::process::set_dumpable_behavior(DumpableBehavior::NotDumpable)
        .map_err(|error| format!("not dumpable: {error}"))?;
    let has_landlock = without_files().unwrap_or(false);
    rustix::process::setrlimit(Resource::Nofile, fixed(8))
        .map_err(|error| format!("setrlimit Nofile: {error}"))?;
    filter_system_calls()?;
    Ok(Confinement { has_landlock })
}

/// Pages come before pictures: low priority, and first to go when memory runs out.
/// Both are courtesies that may be refused.
#[expect(
    clippy::disallowed_methods,
    reason = "the child has one thread and nobody waits for it yet"
)]
fn yield_to_others() {
    let _ = std::fs::write("/proc/self/oom_score_adj", "1000");
    let _ = rustix::process::nice(10);
}

/// Denies every file and every network port that this kernel's Landlock knows of.
fn without_files() -> Result<bool, landlock::RulesetError> {
    let status = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(ABI::V5))?
        .create()?
        .restrict_self()?;
    Ok(status.ruleset != RulesetStatus::NotEnforced)
}

/// Allows what a decoder needs and answers EPERM to all else, so that what the C library tries
/// on the way (reading a setting, naming a mapping) fails softly.
fn filter_system_calls() -> Result<(), String> {
    let target: TargetArch = std::env::consts::ARCH
        .try_into()
        .map_err(|error| format!("system-call filter: {error}"))?;
    let rules: BTreeMap<_, _> = ALLOWED.iter().map(|call| (*call, Vec::new())).collect();
    let filter = SeccompFilter::new(
        rules,
        SeccompAction::Errno(libc::EPERM as u32),
        SeccompAction::Allow,
        target,
    )
    .and_then(seccompiler::BpfProgram::try_from)
    .map_err(|error| format!("system-call filter: {error}"))?;
    seccompiler::apply_filter(&filter).map_err(|error| format!("system-call filter: {error}"))
}

/// Pipes that are open already, memory, clocks, chance, signals, and leaving. No opening, no
/// sockets, no new processes or threads.
const ALLOWED: &[libc::c_long] = &[
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_write,
    libc::SYS_writev,
    libc::SYS_close,
    libc::SYS_brk,
    libc::SYS_mmap,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_mprotect,
    libc::SYS_madvise,
    libc::SYS_futex,
    libc::SYS_sched_yield,
    libc::SYS_sched_getaffinity,
    libc::SYS_clock_gettime,
    libc::SYS_getrandom,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_tgkill,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sigaltstack,
    libc::SYS_restart_syscall,
    libc::SYS_exit,
    libc::SYS_exit_group,
];
