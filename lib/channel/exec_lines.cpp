#include "channel/exec_lines.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "channel/json_answer.h"

namespace tocsin::channel {

namespace {

constexpr std::size_t kMostAddress = 100;

std::string line_of(const Json& object) {
  return object.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::optional<Receipt> state_of(std::string_view word) {
  constexpr auto kStates = std::to_array<std::pair<std::string_view, Receipt>>({
      {"queued", Receipt::queued},
      {"sent", Receipt::sent},
      {"delivered", Receipt::delivered},
      {"read", Receipt::read},
      {"failed-for-now", Receipt::failed_for_now},
      {"failed-for-good", Receipt::failed_for_good},
      {"unknown", Receipt::unknown},
  });
  const auto found = std::find_if(kStates.begin(), kStates.end(),
                                  [&](const auto& one) { return one.first == word; });
  return found == kStates.end() ? std::nullopt : std::optional{found->second};
}

ExecAnswer receipt_of(const Json& line) {
  const auto id = seal::message_id_from_text(text_member(line, "id"));
  const auto state = state_of(text_member(line, "state"));
  if (!id || !state) return {};
  Delivery delivery{*id, *state, {}, {}};
  if (*state > Receipt::read) delivery.reason = "the program says so";
  return delivery;
}

ExecAnswer said_of(const Json& line) {
  const std::string_view theirs = text_member(line, "id");
  const std::string_view from = text_member(line, "from", kMostAddress);
  const auto at = provider_time(text_member(line, "at"));
  if (theirs.empty() || from.empty() || !at) return {};
  const std::string_view words =
      beginning_of(text_member(line, "text", kMostExecAnswer), kMostSaidBytes);
  return ExecSaid{std::string{theirs},
                  {said_id("exec", theirs), std::string{from}, std::string{words}, *at,
                   seal::message_id_from_text(text_member(line, "about"))}};
}

}  // namespace

std::string exec_line(const Outgoing<playbook::Nudge>& message, std::string_view text) {
  return line_of({{"type", "message"},
                  {"id", seal::to_text(message.id)},
                  {"to", message.address},
                  {"text", text},
                  {"asks", message.asks},
                  {"urgent", message.urgency == Urgency::high},
                  {"expires", base::to_rfc3339(message.expires)}});
}

std::string exec_kept_line(std::string_view theirs) {
  return line_of({{"type", "kept"}, {"id", theirs}});
}

ExecAnswer parse_exec_line(std::string_view line) {
  if (line.size() > kMostExecAnswer) return {};
  const Json parsed = parse_answer(base::bytes_of(line));
  const std::string_view type = text_member(parsed, "type");
  if (type == "receipt") return receipt_of(parsed);
  if (type == "said") return said_of(parsed);
  return {};
}

}  // namespace tocsin::channel
