#include "playbook/template.h"

#include <algorithm>
#include <array>
#include <optional>

namespace tocsin::playbook {

namespace {

constexpr std::array<std::string_view, kFields> kFieldWords = {
    "kind",      "incident", "title", "site", "caller",    "area", "role",
    "report_to", "by",       "shift", "text", "code_word", "link"};

constexpr std::array<std::string_view, kMessageKinds> kKindWords = {"standby",
                                                                    "request",
                                                                    "reminder",
                                                                    "assigned",
                                                                    "reserve",
                                                                    "stand_down",
                                                                    "offer_acknowledgement",
                                                                    "update",
                                                                    "nudge",
                                                                    "choices",
                                                                    "no_details",
                                                                    "stopped",
                                                                    "whose"};

std::optional<Field> field_of(std::string_view word) {
  const auto found = std::find(kFieldWords.begin(), kFieldWords.end(), word);
  if (found == kFieldWords.end()) return std::nullopt;
  return static_cast<Field>(found - kFieldWords.begin());
}

enum class PieceKind : std::uint8_t { text, field, fault };
struct Piece {
  PieceKind kind;
  std::size_t offset;
  std::string_view text;  // literal text, or the word in the brackets; empty for a lone bracket
};

// Cuts a template into pieces and gives each to `take`.
template <class Take>
void cut(std::string_view text, Take take) {
  std::size_t at = 0;
  while (at < text.size()) {
    const auto bracket = text.find_first_of("{}", at);
    if (bracket == std::string_view::npos) break;
    if (bracket > at) take(Piece{PieceKind::text, at, text.substr(at, bracket - at)});
    if (bracket + 1 < text.size() && text[bracket + 1] == text[bracket]) {
      take(Piece{PieceKind::text, bracket, text.substr(bracket, 1)});
      at = bracket + 2;
      continue;
    }
    const auto close =
        text[bracket] == '{' ? text.find_first_of("{}", bracket + 1) : std::string_view::npos;
    if (close == std::string_view::npos || text[close] == '{') {
      take(Piece{PieceKind::fault, bracket, {}});
      at = bracket + 1;
      continue;
    }
    const auto word = text.substr(bracket + 1, close - bracket - 1);
    take(Piece{field_of(word) ? PieceKind::field : PieceKind::fault, bracket, word});
    at = close + 1;
  }
  if (at < text.size()) take(Piece{PieceKind::text, at, text.substr(at)});
}

}  // namespace

std::string_view to_text(Field field) { return kFieldWords[static_cast<std::size_t>(field)]; }

std::string_view to_text(MessageKind kind) { return kKindWords[static_cast<std::size_t>(kind)]; }

std::span<const std::string_view> field_words() { return kFieldWords; }

std::span<const std::string_view> message_kind_words() { return kKindWords; }

std::string render(std::string_view text, const FieldValues& values) {
  std::string out;
  cut(text, [&](const Piece& piece) {
    if (piece.kind == PieceKind::text) out += piece.text;
    if (piece.kind != PieceKind::field) return;
    const auto value = values.find(*field_of(piece.text));
    if (value != values.end()) out += value->second;
  });
  return out;
}

std::vector<TemplateFault> faults_of(std::string_view text) {
  std::vector<TemplateFault> out;
  cut(text, [&](const Piece& piece) {
    if (piece.kind == PieceKind::fault) out.push_back({piece.offset, std::string{piece.text}});
  });
  return out;
}

std::vector<Field> fields_of(std::string_view text) {
  std::vector<Field> out;
  cut(text, [&](const Piece& piece) {
    if (piece.kind == PieceKind::field) out.push_back(*field_of(piece.text));
  });
  return out;
}

}  // namespace tocsin::playbook
