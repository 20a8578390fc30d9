// How text travels in a mail: as lines of ASCII (RFC 2045, RFC 2047). What is decoded was written
// by strangers, so that decoding takes any bytes, and is linear in time.
#pragma once

#include <string>
#include <string_view>

namespace tocsin::channel {

// Lines of at most 76 characters that end with CRLF, whatever the text holds. Its own lines end
// with LF or CRLF.
std::string quoted_printable(std::string_view utf8);
// A text in a field of a header: as it is, or in encoded words when it is not plain. Control
// characters become spaces, so that the field ends where it should.
std::string field_text(std::string_view utf8);

// What cannot be decoded stays as it is, or is left out.
std::string from_quoted_printable(std::string_view text);
std::string from_mail_base64(std::string_view text);

}  // namespace tocsin::channel
