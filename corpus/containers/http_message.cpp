// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus/containers/http_message.h"

#include <fmt/format.h>
#include <zlib.h>

#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "corpus/bytes/byte_source.h"

namespace dateline {
namespace {

/// Takes the next line off `bytes`; a last one need not end.
std::string_view take_line(std::string_view& bytes) {
  const auto end = bytes.find('\n');
  std::string_view line = bytes.substr(0, end);
  bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

/// "HTTP/1.1 200 OK"
int status_of(std::string_view line) {
  int status = 0;
  const auto blank = line.find(' ');
  if (line.starts_with("HTTP/") && blank != std::string_view::npos) {
    const std::string_view number = trimmed(line.substr(blank)).substr(0, 3);
    std::from_chars(number.data(), number.data() + number.size(), status);
  }
  if (status < 100) throw Unreadable("no HTTP response in it");
  return status;
}

/// The length that a chunk begins with; extensions after ';' mean nothing to us.
std::optional<std::uint64_t> chunk_length(std::string_view line) {
  line = trimmed(line.substr(0, line.find(';')));
  std::uint64_t length = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), length, 16);
  if (line.empty() || error != std::errc() || end != line.data() + line.size()) return std::nullopt;
  return length;
}

void join_chunks(std::string_view bytes, HttpMessage& message) {
  std::string_view rest = bytes;
  if (!chunk_length(take_line(rest))) {
    message.body = bytes;
    return;
  }
  while (true) {
    const auto length = chunk_length(take_line(bytes));
    if (length && *length == 0) return;
    if (!length || *length > bytes.size()) {
      if (length) message.body.append(bytes);
      message.cut = true;
      return;
    }
    message.body.append(bytes.substr(0, *length));
    bytes.remove_prefix(*length);
    take_line(bytes);
  }
}

struct Inflater {
  explicit Inflater(int window_bits) {
    if (::inflateInit2(&stream, window_bits) != Z_OK) throw std::bad_alloc();
  }
  ~Inflater() { ::inflateEnd(&stream); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  z_stream stream{};
};

/// Nothing where the bytes are damaged.
std::optional<std::string> inflated(std::string& packed, int window_bits, std::size_t most) {
  Inflater inflater(window_bits);
  inflater.stream.next_in = reinterpret_cast<Bytef*>(packed.data());
  inflater.stream.avail_in = static_cast<uInt>(packed.size());
  std::string out;
  std::array<char, 64 << 10> block{};
  int status = Z_OK;
  while (status == Z_OK) {
    inflater.stream.next_out = reinterpret_cast<Bytef*>(block.data());
    inflater.stream.avail_out = static_cast<uInt>(block.size());
    status = ::inflate(&inflater.stream, Z_NO_FLUSH);
    out.append(block.data(), block.size() - inflater.stream.avail_out);
    if (out.size() > most) throw Unreadable(fmt::format("longer than {}", describe_size(most)));
  }
  if (status != Z_STREAM_END) return std::nullopt;
  return out;
}

std::string without_deflate(std::string&& body, std::size_t most) {
  constexpr int with_header = 15, bare = -15;
  for (const int window_bits : {with_header, bare})
    if (auto plain = inflated(body, window_bits, most)) return std::move(*plain);
  throw Unreadable("its content encoding, deflate, is damaged");
}

}  // namespace

HttpMessage parse_http_message(std::string_view bytes) {
  HttpMessage message;
  message.status = status_of(take_line(bytes));
  HeaderFields header;
  while (!bytes.empty()) {
    const std::string_view line = take_line(bytes);
    if (line.empty()) break;
    header.add_line(line.substr(0, HeaderFields::longest_line));
  }
  message.content_type = parse_content_type(header.value("content-type"));
  message.content_encoding = lower_ascii(header.value("content-encoding"));
  if (lower_ascii(header.value("transfer-encoding")).find("chunked") != std::string::npos)
    join_chunks(bytes, message);
  else
    message.body = bytes;
  return message;
}

std::string without_encoding(std::string&& body, std::string_view encoding, std::size_t most) {
  constexpr std::array<std::string_view, 6> known{"", "identity", "gzip", "x-gzip", "zstd", "none"};
  for (const std::string_view name : known)
    if (encoding == name) return std::move(body);
  if (encoding == "deflate") return without_deflate(std::move(body), most);
  throw Unreadable(fmt::format("its content encoding is not read: {}", encoding.substr(0, 40)));
}

}  // namespace dateline
