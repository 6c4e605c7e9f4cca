# SPDX-License-Identifier: GPL-3.0-or-later
# Run as a script: puts the options that PROGRAM prints into the page TEMPLATE and writes PAGE.
execute_process(COMMAND ${PROGRAM} --man-options OUTPUT_VARIABLE OPTIONS
                OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
configure_file(${TEMPLATE} ${PAGE} @ONLY)
