// Hostile text made into plain tokens: capitals, accents, curly quotes, hidden characters and the
// letter forms of Arabic script no longer differ. Knows no word of any language. Linear in time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::incident {

// Broken bytes become "?", which is a letter here, so that a word with one is an unknown word.
std::string plain_spelling(std::string_view words);

struct Token {
  enum class Kind : std::uint8_t {
    word,      // letters, or one emoji
    number,    // digits only
    mark,      // one of : . , - / + @ inside or beside a word or number
    stop,      // the end of a clause
    line,      // the end of a line
    question,  // a question mark, which ends a clause as well
  };
  Kind kind = Kind::word;
  std::string text;        // spelled plainly
  bool is_joined = false;  // nothing stands between it and the token before
};

// Of a plain text, at most `most` tokens.
std::vector<Token> tokens_of(std::string_view plain, std::size_t most);

}  // namespace tocsin::incident
