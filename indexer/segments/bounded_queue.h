// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace dateline {

/// Hands work from one thread to others, holding at most `capacity_bytes` of it (but always at
/// least one piece): who puts waits for those who take. Thread-safe.
template <class T>
class BoundedQueue {
 public:
  explicit BoundedQueue(std::size_t capacity_bytes) : capacity_(capacity_bytes) {}

  /// False when the queue was closed: the item was not taken.
  bool put(T item, std::size_t bytes) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return closed_ || items_.empty() || held_ + bytes <= capacity_; });
    if (closed_) return false;
    held_ += bytes;
    items_.emplace_back(std::move(item), bytes);
    work_.notify_one();
    return true;
  }

  /// The next item; none once the queue is closed and empty.
  std::optional<T> take() {
    std::unique_lock lock(mutex_);
    work_.wait(lock, [&] { return closed_ || !items_.empty(); });
    if (items_.empty()) return std::nullopt;
    auto [item, bytes] = std::move(items_.front());
    items_.pop_front();
    held_ -= bytes;
    room_.notify_one();
    return std::move(item);
  }

  /// No more items: what is in the queue is still handed out.
  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    work_.notify_all();
    room_.notify_all();
  }

  /// Closes the queue and throws away what is in it.
  void abandon() {
    const std::lock_guard lock(mutex_);
    items_.clear();
    closed_ = true;
    work_.notify_all();
    room_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable room_;
  std::condition_variable work_;
  std::deque<std::pair<T, std::size_t>> items_;
  std::size_t capacity_;
  std::size_t held_ = 0;
  bool closed_ = false;
};

}  // namespace dateline
