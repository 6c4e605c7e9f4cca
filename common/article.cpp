// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/article.h"

namespace dateline {

std::string_view describe(Provenance provenance) {
  switch (provenance) {
    case Provenance::none:
      return "none";
    case Provenance::given:
      return "given";
    case Provenance::sidecar:
      return "sidecar";
    case Provenance::in_text:
      return "in the text";
    case Provenance::file_name:
      return "file name";
    case Provenance::file_time:
      return "file time";
  }
  return "none";
}

}  // namespace dateline
