// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// A library to preload (LD_PRELOAD) into a program whose file system is to fail. It stands between
/// the program with its libraries and the C library, looks at the calls that concern files at or
/// below one folder, counts those of the chosen kinds, and does to one of them what it is told to.
/// Everything is told by environment variables; tests/support/fault_run.h sets them.
///
/// What a power cut leaves
/// -----------------------
/// Whatever stands in the folder when the program starts counts as durable. From there on
///  - what was written to a file since its last fsync(2) or fdatasync(2) is in danger: the file may
///    have its old content, or any mixture of old blocks, new blocks, zeros and garbage, cut off
///    anywhere between the shorter and the longer of its two sizes;
///  - what happened to a name (creation, rename, removal) since the last fsync(2) of the folder
///  that
///    holds it is in danger: each name by itself has what it had at that sync, or what it has now.
///    A folder that vanishes so takes all that was in it along, synced or not.
/// Some cuts (every third seed) lose all that is in danger; the others toss a coin for each file
/// and name. This is the harshest that POSIX permits: nothing of it is in any order, as it is on
/// ext4, and neither does syncing a file save its name.
///
/// Real syncs are left out, as the power really stays: they would only take time.
namespace dateline::test::faults {

/// The folder whose files are meant; without it nothing happens. An absolute path.
inline constexpr const char* folder_variable = "DATELINE_FAULT_FOLDER";

/// What happens, one of:
///   count  nothing
///   fail   the call is refused with the error number DATELINE_FAULT_ERROR
///   cut    the power is cut before the call; where the program ends earlier, when it ended
///   kill   SIGKILL before the call, or after it where DATELINE_FAULT_AFTER is set
///   stop   SIGSTOP before the call
///   full   writes beyond DATELINE_FAULT_BYTES get ENOSPC, the last one before is cut short
///   short  a write or read of more than one byte gets half of it done (a later one goes on)
inline constexpr const char* mode_variable = "DATELINE_FAULT_MODE";

/// Kinds of calls that count, separated by commas:
///   create    open(2) for writing          write     write(2), pwrite(2), writev(2)
///   sync      fsync(2), fdatasync(2)        rename    rename(2)
///   remove    unlink(2), rmdir(2)           mkdir     mkdir(2)
///   truncate  ftruncate(2)                  link      link(2)
///   open      open(2) for reading           read      read(2), pread(2)
///   list      opendir(3), readdir(3)        map       mmap(2)
inline constexpr const char* kinds_variable = "DATELINE_FAULT_KINDS";

/// Which of them it happens to, from 1. DATELINE_FAULT_LASTS: and to all later ones.
inline constexpr const char* at_variable = "DATELINE_FAULT_AT";
inline constexpr const char* lasts_variable = "DATELINE_FAULT_LASTS";
inline constexpr const char* after_variable = "DATELINE_FAULT_AFTER";
inline constexpr const char* error_variable = "DATELINE_FAULT_ERROR";
inline constexpr const char* bytes_variable = "DATELINE_FAULT_BYTES";
/// What chance decides in a power cut.
inline constexpr const char* seed_variable = "DATELINE_FAULT_SEED";
/// A folder on the same file system, for what a power cut brings back.
inline constexpr const char* shadow_variable = "DATELINE_FAULT_SHADOW";
/// A file that gets a line "KIND PATH" for each call counted, before it is carried out, and a line
/// "fault" behind that of each call that something was done to.
inline constexpr const char* log_variable = "DATELINE_FAULT_LOG";

}  // namespace dateline::test::faults
