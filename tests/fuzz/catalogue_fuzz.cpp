// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever stands in a catalogue whose checksums fit, it is read or refused as damaged.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "common/error.h"
#include "indexer/update/catalogue.h"
#include "tests/support/column_bytes.h"
#include "tests/support/temp_dir.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dateline;
  static const test::TempDir folder;
  std::string bytes(reinterpret_cast<const char*>(data), size);
  test::fit_checksums(bytes, "catalogue-000001");
  try {
    read_catalogue(folder.write("catalogue-000001", bytes), 1);
  } catch (const Error& e) {
    if (e.code() != ExitCode::damaged_index || e.remedy().empty()) std::abort();
  }
  return 0;
}
