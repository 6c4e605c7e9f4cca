// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/index/stored_article.h"

#include <array>
#include <cstdint>
#include <cstring>

#include "common/error.h"

namespace dateline {
namespace {

/// Never renumbered; a number given up stays unused.
enum class Field : std::uint8_t {
  path = 1,
  record = 2,
  id = 3,
  title = 4,
  deck = 5,
  body = 6,
  source = 7,
  published = 8,
  modified = 9,
  author = 10,
  topic = 11,
  language = 12,
  url = 13,
  person = 14,
  org = 15,
  place = 16,
  source_raw = 17,
};

Field field_of(EntityType type) {
  switch (type) {
    case EntityType::person:
      return Field::person;
    case EntityType::org:
      return Field::org;
    case EntityType::place:
      return Field::place;
  }
  return Field::person;
}

class Writer {
 public:
  void put(Field field, Provenance from, std::string_view content) {
    out_ += static_cast<char>(field);
    out_ += static_cast<char>(from);
    put_number(content.size());
    out_ += content;
  }
  void put(Field field, const Sourced<std::string>& value) {
    if (value) put(field, value.from, value.value);
  }
  void put(Field field, const Sourced<Timestamp>& value) {
    if (value) put(field, value.from, encode(value.value));
  }
  void put(Field field, const Sourced<std::vector<std::string>>& values) {
    for (const auto& v : values.value) put(field, values.from, v);
  }
  std::string take() { return std::move(out_); }

 private:
  void put_number(std::uint64_t n) {
    for (; n >= 0x80; n >>= 7) out_ += static_cast<char>(n | 0x80);
    out_ += static_cast<char>(n);
  }
  static std::string encode(const Timestamp& t) {
    const std::array<std::int32_t, 3> parts{
        static_cast<std::int32_t>(t.day.time_since_epoch().count()),
        t.second_of_day.value_or(INT32_MIN),
        t.utc_offset_minutes.value_or(INT32_MIN),
    };
    return {reinterpret_cast<const char*>(parts.data()), sizeof parts};
  }
  std::string out_;
};

[[noreturn]] void damaged() {
  throw Error(ExitCode::damaged_index, "a stored article is damaged", "dateline-index --repair");
}

class Reader {
 public:
  explicit Reader(std::string_view stored) : rest_(stored) {}
  bool next() {
    if (rest_.empty()) return false;
    if (rest_.size() < 3) damaged();
    field = static_cast<Field>(rest_[0]);
    from = static_cast<Provenance>(rest_[1]);
    rest_.remove_prefix(2);
    const auto size = take_number();
    if (size > rest_.size()) damaged();
    bytes = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return true;
  }
  Sourced<std::string> text() const { return {std::string(bytes), from}; }
  Sourced<Timestamp> timestamp() const {
    std::array<std::int32_t, 3> parts{};
    if (bytes.size() != sizeof parts) damaged();
    std::memcpy(parts.data(), bytes.data(), sizeof parts);
    Timestamp t;
    t.day = Day{std::chrono::days{parts[0]}};
    if (parts[1] != INT32_MIN) t.second_of_day = parts[1];
    if (parts[2] != INT32_MIN) t.utc_offset_minutes = parts[2];
    return {t, from};
  }
  void append_to(Sourced<std::vector<std::string>>& values) const {
    values.value.emplace_back(bytes);
    values.from = from;
  }

  Field field{};
  Provenance from{};
  std::string_view bytes;

 private:
  std::uint64_t take_number() {
    std::uint64_t n = 0;
    for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      n |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
      if (byte < 0x80) return n;
    }
    damaged();
  }
  std::string_view rest_;
};

}  // namespace

std::string store_article(const Article& article) {
  Writer w;
  w.put(Field::path, Provenance::given, article.shown_path());
  w.put(Field::record, Provenance::given, article.shown_record());
  w.put(Field::id, article.id);
  w.put(Field::title, article.title);
  w.put(Field::deck, article.deck);
  w.put(Field::source, article.source);
  if (article.source_raw != article.source.value)
    w.put(Field::source_raw, article.source.from, article.source_raw);
  w.put(Field::published, article.published);
  w.put(Field::modified, article.modified);
  w.put(Field::author, article.authors);
  w.put(Field::topic, article.topics);
  w.put(Field::language, article.language);
  w.put(Field::url, article.url);
  for (const auto& e : article.entities) w.put(field_of(e.type), e.from, e.name);
  w.put(Field::body, Provenance::given, article.body);
  return w.take();
}

Article load_article(std::string_view stored) {
  Article a;
  for (Reader r(stored); r.next();) {
    switch (r.field) {
      case Field::path:
        a.path = r.bytes;
        break;
      case Field::record:
        a.record = r.bytes;
        break;
      case Field::id:
        a.id = r.text();
        break;
      case Field::title:
        a.title = r.text();
        break;
      case Field::deck:
        a.deck = r.text();
        break;
      case Field::body:
        a.body = r.bytes;
        break;
      case Field::source:
        a.source = r.text();
        break;
      case Field::source_raw:
        a.source_raw = r.bytes;
        break;
      case Field::published:
        a.published = r.timestamp();
        break;
      case Field::modified:
        a.modified = r.timestamp();
        break;
      case Field::author:
        r.append_to(a.authors);
        break;
      case Field::topic:
        r.append_to(a.topics);
        break;
      case Field::language:
        a.language = r.text();
        break;
      case Field::url:
        a.url = r.text();
        break;
      case Field::person:
        a.entities.push_back({EntityType::person, std::string(r.bytes), r.from});
        break;
      case Field::org:
        a.entities.push_back({EntityType::org, std::string(r.bytes), r.from});
        break;
      case Field::place:
        a.entities.push_back({EntityType::place, std::string(r.bytes), r.from});
        break;
    }
  }
  if (a.source_raw.empty()) a.source_raw = a.source.value;
  return a;
}

}  // namespace dateline
