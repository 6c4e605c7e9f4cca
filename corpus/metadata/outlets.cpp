// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/metadata/outlets.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "common/error.h"
#include "corpus/bytes/byte_source.h"
#include "corpus/bytes/encoding.h"
#include "corpus/metadata/apply.h"

namespace dateline {

extern const std::string_view outlets_table;  // made from corpus/metadata/outlets.tsv

namespace {

constexpr std::uint64_t largest_table = 16u << 20;  // bytes

/// What makes two spellings one: letters and digits, without case. A leading "the" counts only
/// before a single word: "The Hill" is an outlet, "Hill" may be anybody.
std::string key_of(std::string_view name) {
  std::string words = fold_words(name);
  if (words.starts_with("the ") && words.find(' ', 4) != words.npos) words.erase(0, 4);
  std::erase(words, ' ');
  return words;
}

std::string lower(std::string_view text) {
  std::string low(text);
  std::transform(low.begin(), low.end(), low.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return low;
}

/// "nytimes.com" and the like: one word of ASCII with a dot before at least two letters.
bool is_domain(std::string_view text) {
  const auto dot = text.rfind('.');
  if (dot == text.npos || dot == 0 || text.size() - dot < 3 || text.size() > 253) return false;
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-';
  };
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return std::all_of(text.begin(), text.end(), fits) &&
         std::all_of(text.begin() + static_cast<std::ptrdiff_t>(dot) + 1, text.end(), is_letter);
}

class OutletTable {
 public:
  void add(const std::vector<std::string_view>& line) {
    const std::size_t row = names_.size();
    names_.emplace_back(line.front());
    for (const std::string_view spelling : line) {
      if (is_domain(spelling)) domains_.emplace(lower(without_www(spelling)), row);
      by_key_.emplace(key_of(spelling), row);
      spellings_.insert(fmt::format("{}\t{}", row, key_of(spelling)));
    }
  }

  /// Negative for none.
  std::ptrdiff_t row_of_name(std::string_view name) const { return find(by_key_, key_of(name)); }

  std::ptrdiff_t row_of_host(std::string_view host) const {
    const std::string low = lower(host);
    for (std::string_view rest = low; rest.find('.') != rest.npos;
         rest.remove_prefix(rest.find('.') + 1))
      if (const auto row = find(domains_, std::string(rest)); row >= 0) return row;
    return -1;
  }

  bool is_spelling_of(std::ptrdiff_t row, std::string_view name) const {
    return spellings_.contains(fmt::format("{}\t{}", row, key_of(name)));
  }

  const std::string& name(std::ptrdiff_t row) const {
    return names_[static_cast<std::size_t>(row)];
  }

 private:
  using Rows = std::unordered_map<std::string, std::size_t>;
  static std::ptrdiff_t find(const Rows& rows, const std::string& key) {
    const auto found = rows.find(key);
    return found == rows.end() ? -1 : static_cast<std::ptrdiff_t>(found->second);
  }

  std::vector<std::string> names_;
  Rows by_key_, domains_;
  std::unordered_set<std::string> spellings_;
};

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto end = std::min(text.find(separator), text.size());
    parts.push_back(text.substr(0, end));
    if (end == text.size()) return parts;
    text.remove_prefix(end + 1);
  }
}

OutletTable table_of(std::string_view text, const std::string& file) {
  OutletTable table;
  std::size_t number = 0;
  for (std::string_view line : split(text, '\n')) {
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.starts_with('#')) continue;
    std::vector<std::string_view> spellings = split(line, '\t');
    if (tidy_value(spellings.front()).empty())
      throw Error(ExitCode::usage, fmt::format("{}, line {}: no name before the tab", file, number),
                  "one outlet a line: its name, then its other spellings after tabs");
    std::erase_if(spellings, [](std::string_view s) { return fold_words(s).empty(); });
    if (!spellings.empty()) table.add(spellings);
  }
  return table;
}

OutletTable own_table(const std::filesystem::path& file) {
  if (file.empty()) return {};
  try {
    ByteSource source(file);
    return table_of(to_utf8(read_to_end(source, largest_table)).text, file.string());
  } catch (const Unreadable& problem) {
    throw Error(ExitCode::usage,
                fmt::format("the table of source names '{}': {}", file.string(), problem.what()),
                "name a text file: docs/source-names.md");
  }
}

// ---- rules for what no table knows ----

/// What follows a name after a dash or in brackets, without being part of it.
bool names_a_section(std::string_view text) {
  static const std::unordered_set<std::string> sections{"news",
                                                        "online",
                                                        "online news",
                                                        "web news",
                                                        "web",
                                                        "website",
                                                        "opinion",
                                                        "opinions",
                                                        "editorial",
                                                        "editorials",
                                                        "blog",
                                                        "blogs",
                                                        "politics",
                                                        "sport",
                                                        "sports",
                                                        "business",
                                                        "world",
                                                        "national",
                                                        "local",
                                                        "digital",
                                                        "print",
                                                        "home",
                                                        "homepage",
                                                        "official site",
                                                        "breaking news",
                                                        "latest news",
                                                        "headlines",
                                                        "us",
                                                        "uk",
                                                        "international",
                                                        "nachrichten",
                                                        "aktuell",
                                                        "noticias",
                                                        "actualités",
                                                        "notizie",
                                                        "english",
                                                        "english edition",
                                                        "news from"};
  return sections.contains(fold_words(text));
}

constexpr std::array<std::string_view, 6> dividers{" - ", " – ", " — ", " | ", ": ", " : "};

/// Without what stands after the last divider, or in brackets at the end, if that is no name.
std::string_view without_section(std::string_view name) {
  if (name.ends_with(')')) {
    const auto open = name.rfind(" (");
    if (open != name.npos && open > 0 && names_a_section(name.substr(open)))
      return name.substr(0, open);
  }
  for (const std::string_view divider : dividers) {
    const auto at = name.rfind(divider);
    if (at == name.npos || at == 0) continue;
    if (names_a_section(name.substr(at + divider.size()))) return name.substr(0, at);
    if (names_a_section(name.substr(0, at))) return name.substr(at + divider.size());
  }
  return name;
}

/// "Example-Agentur" of "Example-Agentur GmbH".
std::string_view without_company_form(std::string_view name) {
  for (const std::string_view form : {" GmbH", " AG", " Ltd", " Ltd.", " Limited", " Inc", " Inc.",
                                      ", Inc.", " LLC", " plc", " S.A.", " SpA", " S.p.A.", " A/S"})
    if (name.ends_with(form) && name.size() > form.size())
      return name.substr(0, name.size() - form.size());
  return name;
}

}  // namespace

struct OutletNames::Tables {
  OutletTable own;
  const OutletTable& built_in;

  std::string find(std::string_view raw, std::string_view host) const {
    for (const OutletTable* table : {&own, &built_in}) {
      const auto of_host = table->row_of_host(host);
      if (of_host >= 0 && table->is_spelling_of(of_host, raw)) return table->name(of_host);
      if (const auto row = table->row_of_name(raw); row >= 0) return table->name(row);
      const std::string_view site = without_www(raw);
      if (!is_domain(site)) continue;
      if (const auto row = table->row_of_host(site); row >= 0) return table->name(row);
    }
    return {};
  }
};

OutletNames::OutletNames() : OutletNames(std::filesystem::path()) {}

OutletNames::OutletNames(const std::filesystem::path& own) {
  static const OutletTable built_in = table_of(outlets_table, "outlets.tsv");
  tables_ = std::make_unique<const Tables>(Tables{own_table(own), built_in});
}

OutletNames::~OutletNames() = default;
OutletNames::OutletNames(OutletNames&&) noexcept = default;

std::string OutletNames::name_of(std::string_view raw, std::string_view url) const {
  const std::string host = host_of(url);
  std::string_view name = raw;
  if (const std::string site = host_of(raw); !site.empty()) return name_of(site, url);
  if (std::string known = tables_->find(name, host); !known.empty()) return known;
  for (std::string_view less = without_section(name); less != name; less = without_section(name)) {
    name = less;
    if (std::string known = tables_->find(name, host); !known.empty()) return known;
  }
  if (is_domain(name)) return lower(without_www(name));
  // Only to find it: an outlet that no table knows may be called so.
  const std::string known = tables_->find(without_company_form(name), host);
  return known.empty() ? std::string(name) : known;
}

bool OutletNames::knows(std::string_view raw) const { return !tables_->find(raw, {}).empty(); }

std::string OutletNames::name_of_site(std::string_view url) const {
  const std::string host = host_of(url);
  if (host.empty()) return {};
  for (const OutletTable* table : {&tables_->own, &tables_->built_in})
    if (const auto row = table->row_of_host(host); row >= 0) return table->name(row);
  return {};
}

std::string host_of(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme == url.npos || scheme > 8) return {};
  url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/?# \t\r\n"));
  if (const auto at = url.rfind('@'); at != url.npos) url.remove_prefix(at + 1);
  url = url.substr(0, url.find(':'));
  return is_domain(url) ? lower(url) : std::string();
}

std::string_view without_www(std::string_view host) {
  for (const std::string_view prefix : {"www.", "WWW.", "amp.", "m.", "mobile."})
    if (host.starts_with(prefix) && host.find('.', prefix.size()) != host.npos)
      return host.substr(prefix.size());
  return host;
}

}  // namespace dateline
