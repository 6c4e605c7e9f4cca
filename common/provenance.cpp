// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/provenance.h"

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
    case Provenance::json_ld:
      return "JSON-LD";
    case Provenance::meta_tags:
      return "meta tags";
    case Provenance::microdata:
      return "microdata";
    case Provenance::page:
      return "page";
    case Provenance::url:
      return "URL";
    case Provenance::detected:
      return "detected";
    case Provenance::transport:
      return "archive";
  }
  return "none";
}

}  // namespace dateline
