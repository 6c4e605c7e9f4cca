// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/watch/file_watcher.h"

#include <sys/inotify.h>

#include <catch2/catch.hpp>
#include <cerrno>
#include <map>

#include "tests/support/temp_dir.h"

using namespace dateline;
using namespace dateline::test;

namespace {

/// A system with few watches, that says what the test has it say.
class ScriptedEvents : public FolderEvents {
 public:
  explicit ScriptedEvents(std::size_t limit) : limit_(limit) {}

  int add(const std::filesystem::path& folder, std::uint32_t) override {
    if (!std::filesystem::is_directory(folder)) return -ENOENT;
    const auto known = numbers.find(folder);
    if (known != numbers.end()) return known->second;
    if (numbers.size() == limit_) return -ENOSPC;
    return numbers[folder] = ++last_;
  }
  void remove(int watch) override {
    std::erase_if(numbers, [&](const auto& entry) { return entry.second == watch; });
  }
  std::vector<FolderEvent> take() override { return std::exchange(happened, {}); }
  int descriptor() const override { return -1; }

  std::map<std::filesystem::path, int> numbers;
  std::vector<FolderEvent> happened;

 private:
  std::size_t limit_;
  int last_ = 0;
};

struct Scene {
  explicit Scene(std::size_t limit = 100)
      : events(new ScriptedEvents(limit)), watcher(std::unique_ptr<FolderEvents>(events)) {
    set.write("set/a/one.txt", "");
    set.write("set/b/two.txt", "");
  }

  WatchCoverage follow() {
    FollowedFiles files;
    files.roots = {{root(), {}}};
    files.leaves_out = [this](const auto& folder) { return folder == index; };
    files.log = root() / "log";
    return watcher.follow(std::move(files));
  }

  bool happens(const std::filesystem::path& folder, std::uint32_t mask, std::string name = {}) {
    const auto known = events->numbers.find(folder);
    events->happened = {{known == events->numbers.end() ? -1 : known->second, mask, name}};
    return watcher.take_changes();
  }

  std::filesystem::path root() const { return set / "set"; }

  TempDir set;
  std::filesystem::path index;
  ScriptedEvents* events;
  FileWatcher watcher;
};

}  // namespace

TEST_CASE("lost events are a change, and have watches laid anew", "[watch]") {
  Scene scene;
  scene.follow();
  scene.set.write("set/c/three.txt", "");  // whose event is among the lost
  CHECK(scene.happens("", IN_Q_OVERFLOW));
  CHECK(scene.watcher.overflows() == 1);
  REQUIRE(scene.watcher.is_out_of_date());
  scene.watcher.lay_watches();
  CHECK_FALSE(scene.watcher.is_out_of_date());
  CHECK(scene.happens(scene.root() / "c", IN_CLOSE_WRITE, "four.txt"));
}

TEST_CASE("without watches left the watcher says so, and sees again when there are", "[watch]") {
  Scene scene(3);  // the parent, the root and one folder of it
  const auto coverage = scene.follow();
  CHECK(coverage.problem == ENOSPC);
  CHECK(coverage.folders == 3);
  std::filesystem::remove_all(scene.root() / "b");
  const auto later = scene.watcher.lay_watches();
  CHECK(later.problem == 0);
}

TEST_CASE("folders that come, go and move put the watches out of date", "[watch]") {
  Scene scene;
  for (const auto mask :
       std::vector<std::uint32_t>{IN_CREATE, IN_DELETE, IN_MOVED_FROM, IN_MOVED_TO}) {
    scene.follow();
    CHECK(scene.happens(scene.root(), mask | IN_ISDIR, "a"));
    CHECK(scene.watcher.is_out_of_date());
  }
  scene.follow();
  CHECK(scene.happens(scene.root(), IN_DELETE_SELF));
  CHECK(scene.watcher.is_out_of_date());
}

TEST_CASE("a folder that is gone is watched no more", "[watch]") {
  Scene scene;
  CHECK(scene.follow().folders == 4);
  const auto gone = scene.root() / "a";
  std::filesystem::remove_all(gone);
  CHECK(scene.watcher.lay_watches().folders == 3);
  CHECK_FALSE(scene.events->numbers.contains(gone));
}

TEST_CASE("what a listing passes over is no change", "[watch]") {
  Scene scene;
  scene.index = scene.root() / "index";
  std::filesystem::create_directory(scene.index);
  std::filesystem::create_directory(scene.root() / ".hidden");
  std::filesystem::create_directory_symlink(scene.root() / "a", scene.root() / "link");
  CHECK(scene.follow().folders == 4);
  CHECK_FALSE(scene.happens(scene.root(), IN_CLOSE_WRITE, ".one.txt.swp"));
  CHECK_FALSE(scene.happens(scene.root(), IN_CLOSE_WRITE, "one.txt~"));
  CHECK_FALSE(scene.happens(scene.root(), IN_MODIFY, "log"));
  CHECK_FALSE(scene.happens(scene.root(), IN_CREATE | IN_ISDIR, "index"));
  CHECK_FALSE(scene.happens(scene.set.path(), IN_CREATE, "another"));
  CHECK(scene.happens(scene.root(), IN_CLOSE_WRITE, ".datelineignore"));
  CHECK(scene.happens(scene.set.path(), IN_MOVED_TO | IN_ISDIR, "set"));
}

TEST_CASE("a folder that becomes an index is followed no more", "[watch]") {
  Scene scene;
  scene.follow();
  scene.index = scene.root() / "a";
  CHECK_FALSE(scene.happens(scene.index, IN_CLOSE_WRITE, "CURRENT"));
  REQUIRE(scene.watcher.is_out_of_date());
  CHECK(scene.watcher.lay_watches().folders == 3);
}
