// SPDX-License-Identifier: GPL-3.0-or-later
// How libFuzzer alters a column file: most often one section in its place, so that what stands
// behind the header and the table is reached; the targets then make the checksums fit.
#include <cstdint>
#include <cstring>
#include <random>
#include <string_view>

#include "tests/support/column_bytes.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max);

namespace {

using Random = std::minstd_rand;

/// One number of the section becomes one that is likely to lead astray.
void put_extreme(std::uint8_t* section, std::size_t bytes, Random& random) {
  const std::size_t width = random() % 2 == 0 ? 4 : 8;
  if (bytes < width) return;
  const std::uint64_t values[] = {0, 1, random() % 64, 0x7FFFFFFF, 0xFFFFFFFF, ~std::uint64_t{0}};
  const auto value = values[random() % std::size(values)];
  std::memcpy(section + random() % (bytes / width) * width, &value, width);
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t max, unsigned seed) {
  Random random(seed);
  const auto sections =
      dateline::test::column_sections({reinterpret_cast<const char*>(data), size});
  if (sections.empty() || random() % 8 == 0) return LLVMFuzzerMutate(data, size, max);
  const auto& section = sections[random() % sections.size()];
  if (random() % 2 == 0) {
    put_extreme(data + section.offset, section.bytes, random);
  } else if (section.bytes > 0) {
    LLVMFuzzerMutate(data + section.offset, section.bytes, section.bytes);
  }
  return size;
}
