// SPDX-License-Identifier: GPL-3.0-or-later
#include <zlib.h>

#include <stdexcept>

#include "indexer/entities/model/model.h"

namespace dateline::ner {
namespace {

constexpr std::string_view magic = "DLNER001";
/// What an unpacked model may come to.
constexpr std::uint64_t most_bytes = 64U << 20;

/// Whole numbers, seven bits a byte, the lowest first; the eighth says that more follow.
class Writer {
 public:
  void number(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7U) bytes.push_back(static_cast<char>(value | 0x80U));
    bytes.push_back(static_cast<char>(value));
  }
  void byte(int value) { bytes.push_back(static_cast<char>(value)); }

  std::string bytes;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const auto part = static_cast<unsigned char>(byte());
      value |= static_cast<std::uint64_t>(part & 0x7FU) << shift;
      if ((part & 0x80U) == 0) return value;
    }
    throw std::runtime_error("a number of the model is too long");
  }
  char byte() {
    if (at_ >= bytes_.size()) throw std::runtime_error("the model is cut short");
    return bytes_[at_++];
  }
  /// So many things of at least one byte follow.
  std::uint64_t count() {
    const std::uint64_t n = number();
    if (n > bytes_.size()) throw std::runtime_error("the model is damaged");
    return n;
  }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
};

std::string packed(const std::string& bytes) {
  uLongf size = compressBound(static_cast<uLong>(bytes.size()));
  std::string out(size, '\0');
  constexpr int smallest = 9;
  if (compress2(reinterpret_cast<Bytef*>(out.data()), &size,
                reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uLong>(bytes.size()),
                smallest) != Z_OK)
    throw std::runtime_error("the model cannot be packed");
  out.resize(size);
  return out;
}

std::string unpacked(std::string_view bytes, std::uint64_t size) {
  if (size > most_bytes) throw std::runtime_error("the model is too large");
  std::string out(size, '\0');
  auto written = static_cast<uLongf>(size);
  if (uncompress(reinterpret_cast<Bytef*>(out.data()), &written,
                 reinterpret_cast<const Bytef*>(bytes.data()),
                 static_cast<uLong>(bytes.size())) != Z_OK ||
      written != size)
    throw std::runtime_error("the model is damaged");
  return out;
}

}  // namespace

// The packed part: the number of list entries, then each one's hash less the one before and its
// lists; the number of features, then each one's hash less the one before; the features' weights,
// a tag at a time, so that like stands by like; the transitions, two bytes each, the lower first.
std::string write_model(const ModelContent& content) {
  Writer out;
  out.number(content.lists.entries().size());
  std::uint64_t before = 0;
  for (const NameLists::Entry& entry : content.lists.entries()) {
    out.number(entry.hash - before);
    out.number(entry.lists);
    before = entry.hash;
  }
  out.number(content.features.size());
  before = 0;
  for (const ModelContent::Feature& feature : content.features) {
    out.number(feature.hash - before);
    before = feature.hash;
  }
  for (std::size_t t = 0; t < tag_count; ++t)
    for (const ModelContent::Feature& feature : content.features) out.byte(feature.weights[t]);
  for (const auto& row : content.transitions)
    for (const std::int16_t score : row) {
      out.byte(score & 0xFF);
      out.byte(score >> 8);
    }
  Writer head;
  head.number(out.bytes.size());
  return std::string(magic) + head.bytes + packed(out.bytes);
}

ModelContent read_model(std::string_view bytes) {
  if (!bytes.starts_with(magic)) throw std::runtime_error("no model of names");
  bytes.remove_prefix(magic.size());
  Reader head(bytes);
  const std::uint64_t size = head.number();
  Writer again;
  again.number(size);
  const std::string content = unpacked(bytes.substr(again.bytes.size()), size);
  Reader in(content);
  ModelContent model;
  std::vector<NameLists::Entry> entries(in.count());
  std::uint64_t before = 0;
  for (NameLists::Entry& entry : entries) {
    before += in.number();
    entry = {static_cast<std::uint32_t>(before), static_cast<std::uint16_t>(in.number())};
  }
  model.lists = NameLists(std::move(entries));
  model.features.resize(in.count());
  before = 0;
  for (ModelContent::Feature& feature : model.features) feature.hash = before += in.number();
  for (std::size_t t = 0; t < tag_count; ++t)
    for (ModelContent::Feature& feature : model.features)
      feature.weights[t] = static_cast<std::int8_t>(in.byte());
  for (auto& row : model.transitions)
    for (std::int16_t& score : row) {
      const auto low = static_cast<unsigned char>(in.byte());
      score = static_cast<std::int16_t>(in.byte() * 256 + low);
    }
  return model;
}

}  // namespace dateline::ner
