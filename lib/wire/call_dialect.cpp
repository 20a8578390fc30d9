#include "wire/call_dialect.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/form.h"

namespace tocsin::wire {

namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostCallId = 64;
constexpr int kKeySeconds = 8;
constexpr auto kTwilioEnds = std::to_array<std::pair<std::string_view, CallEnd>>({
    {"completed", CallEnd::hung_up},
    {"busy", CallEnd::busy},
    {"no-answer", CallEnd::unanswered},
    {"failed", CallEnd::not_put_through},
    {"canceled", CallEnd::not_put_through},
});
constexpr auto kVonageEnds = std::to_array<std::pair<std::string_view, CallEnd>>({
    {"completed", CallEnd::hung_up},
    {"busy", CallEnd::busy},
    {"unanswered", CallEnd::unanswered},
    {"timeout", CallEnd::unanswered},
    {"rejected", CallEnd::not_put_through},
    {"failed", CallEnd::not_put_through},
    {"cancelled", CallEnd::not_put_through},
});

template <std::size_t kCount>
std::optional<CallEnd> end_of(const std::array<std::pair<std::string_view, CallEnd>, kCount>& ends,
                              std::string_view status) {
  const auto* const found =
      std::find_if(ends.begin(), ends.end(), [&](const auto& end) { return end.first == status; });
  return found == ends.end() ? std::nullopt : std::optional{found->second};
}

// Vonage leaves out the plus.
std::string number_of(std::string_view text) {
  std::string number{text};
  if (!number.starts_with('+')) number.insert(number.begin(), '+');
  return is_number(number) ? number : std::string{};
}

std::string_view text_of(const Json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_string()) return {};
  return found->get_ref<const std::string&>();
}

// "CA" and 32 digits of hex, or a UUID.
std::string call_id_of(std::string_view text) {
  const bool is_id =
      text.size() <= kMostCallId && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               c == '-';
      });
  return std::string{is_id ? text : std::string_view{}};
}

std::optional<CallNews> read_form_news(base::ByteView body) {
  const auto form = base::read_form(base::text_of(body));
  if (!form) return std::nullopt;
  const std::string_view by = base::value_of(*form, "AnsweredBy");
  return CallNews{call_id_of(base::value_of(*form, "CallSid")),
                  number_of(base::value_of(*form, "To")),
                  number_of(base::value_of(*form, "From")),
                  std::string{base::value_of(*form, "Digits")},
                  false,
                  by.starts_with("machine") || by == "fax",
                  end_of(kTwilioEnds, base::value_of(*form, "CallStatus"))};
}

std::optional<CallNews> read_json_news(base::ByteView body) {
  const Json said = Json::parse(body.begin(), body.end(), nullptr, /*allow_exceptions=*/false);
  if (!said.is_object()) return std::nullopt;
  // The word about a machine has its own name for the id.
  const std::string_view id = text_of(said, said.contains("uuid") ? "uuid" : "call_uuid");
  CallNews news{call_id_of(id),
                number_of(text_of(said, "to")),
                number_of(text_of(said, "from")),
                {},
                false,
                text_of(said, "status") == "machine",
                end_of(kVonageEnds, text_of(said, "status"))};
  const auto dtmf = said.find("dtmf");
  if (dtmf == said.end() || !dtmf->is_object()) return news;
  news.keys = text_of(*dtmf, "digits");
  const auto timed_out = dtmf->find("timed_out");
  news.is_silent = news.keys.empty() && timed_out != dtmf->end() && timed_out->is_boolean() &&
                   timed_out->get<bool>();
  return news;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else
      out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return out;
}

std::string say(std::string_view text) {
  return fmt::format(R"(<Say language="en-GB">{}</Say>)", escaped(text));
}

std::string write_twiml(const CallTurn& turn) {
  const std::string words = say(turn.words);
  std::string inside = words;
  // Says it twice, and hangs up when there are no keys.
  if (!turn.keys_to.empty())
    inside = fmt::format(R"(<Gather input="dtmf" numDigits="{}" timeout="{}" action="{}" )"
                         R"(method="POST">{}<Pause length="2"/>{}</Gather>{})",
                         turn.most_keys, kKeySeconds, escaped(turn.keys_to), words, words,
                         say(kGoodbye));
  if (!turn.through_to.empty()) inside += fmt::format("<Dial>{}</Dial>", escaped(turn.through_to));
  return fmt::format(R"(<?xml version="1.0" encoding="UTF-8"?><Response>{}</Response>)", inside);
}

Json talk(std::string_view text) {
  std::string plain{text};
  // Text in tags would be read as SSML.
  std::replace_if(
      plain.begin(), plain.end(),
      [](char c) { return c == '<' || c == '>' || static_cast<unsigned char>(c) < 0x20; }, ' ');
  return {{"action", "talk"}, {"language", "en-GB"}, {"text", std::move(plain)}};
}

std::string_view without_plus(std::string_view number) {
  return number.substr(number.starts_with('+') ? 1 : 0);
}

std::string write_ncco(const CallTurn& turn) {
  Json actions = Json::array({talk(turn.words)});
  if (!turn.keys_to.empty()) {
    actions[0]["bargeIn"] = true;  // a key ends the words
    actions[0]["loop"] = 2;
    // Its keys are posted in any case: the answer to none is to hang up.
    actions.push_back(
        {{"action", "input"},
         {"type", Json::array({"dtmf"})},
         {"dtmf",
          {{"maxDigits", turn.most_keys}, {"timeOut", kKeySeconds}, {"submitOnHash", true}}},
         {"eventUrl", Json::array({turn.keys_to})},
         {"eventMethod", "POST"}});
  }
  if (!turn.through_to.empty()) {
    Json connect{{"action", "connect"},
                 {"endpoint",
                  Json::array({{{"type", "phone"}, {"number", without_plus(turn.through_to)}}})}};
    if (!turn.caller.empty()) connect["from"] = without_plus(turn.caller);
    actions.push_back(std::move(connect));
  }
  return actions.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::optional<CallNews> read_call_news(CallDialect dialect, base::ByteView body) {
  auto news = dialect == CallDialect::twiml ? read_form_news(body) : read_json_news(body);
  if (news && news->keys.size() > kMostKeys) return std::nullopt;
  return news;
}

std::string write_turn(CallDialect dialect, const CallTurn& turn) {
  return dialect == CallDialect::twiml ? write_twiml(turn) : write_ncco(turn);
}

bool is_number(std::string_view text) noexcept {
  return text.size() > 4 && text.size() <= 16 && text.front() == '+' &&
         std::all_of(text.begin() + 1, text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace tocsin::wire
