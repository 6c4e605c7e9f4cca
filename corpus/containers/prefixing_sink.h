// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "corpus/formats/record_names.h"
#include "corpus/reader.h"

namespace dateline {

/// Gives what is read out of one part of a container the name of that part.
class PrefixingSink : public ArticleSink {
 public:
  /// `part` is the part's name and `place` where it stands ("member 3"), which tells it from others
  /// of that name. `names` are those of the whole container.
  PrefixingSink(ArticleSink& outer, RecordNames& names, std::string part, std::string place)
      : outer_(outer), names_(names), part_(std::move(part)), place_(std::move(place)) {}

  /// The id of an article that is the whole part and states none.
  void set_id(std::string id) { id_ = std::move(id); }
  /// Something to know of each article of the part.
  void add_note(std::string note) { notes_.push_back(std::move(note)); }

  void article(Article&& article) override {
    if (!id_.empty() && article.record.empty() && article.id.from == Provenance::file_name)
      article.id = {id_, Provenance::transport};
    article.record = names_.name(inner(article.record), place_);
    article.notes.insert(article.notes.end(), notes_.begin(), notes_.end());
    outer_.article(std::move(article));
  }

  void refused(const std::string& record, const std::string& reason) override {
    outer_.refused(inner(record), reason);
  }

 private:
  std::string inner(const std::string& record) const {
    return record.empty() ? part_ : part_ + ' ' + record;
  }

  ArticleSink& outer_;
  RecordNames& names_;
  std::string part_, place_, id_;
  std::vector<std::string> notes_;
};

}  // namespace dateline
