# SPDX-License-Identifier: GPL-3.0-or-later
# Run as a script: writes SOURCE, a C++ file that defines the string_view NAME with all of TEXT.
file(READ ${TEXT} content)
file(WRITE ${SOURCE}
  "#include <string_view>\n"
  "namespace dateline {\n"
  "extern const std::string_view ${NAME};\n"
  "const std::string_view ${NAME} = R\"text(${content})text\";\n"
  "}\n")
