#include "relay/route.h"

#include <charconv>
#include <limits>
#include <optional>

#include "base/text.h"
#include "wire/hooked.h"
#include "wire/messages.h"

namespace tocsin::relay {

namespace {

constexpr Refusal kNoRoute{404, "no such route"};
constexpr Refusal kGetOnly{405, "not with this method", 0, "GET"};
constexpr Refusal kPostOnly{405, "not with this method", 0, "POST"};
constexpr Refusal kGetOrPostOnly{405, "not with this method", 0, "GET, POST"};
constexpr Refusal kBadTarget{400, "the target does not decode"};

// Digits only. from_chars takes no sign for an unsigned number, and stops at any other character.
std::optional<std::uint64_t> decimal(std::string_view text, std::uint64_t most) {
  std::uint64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, value);
  if (text.empty() || error != std::errc{} || at != end || value > most) return std::nullopt;
  return value;
}

Route read_route(const seal::KeyId& mailbox, std::string_view query) {
  AskRead read{mailbox};
  if (query.empty()) return read;
  for (const std::string_view parameter : base::split(query, '&')) {
    const std::size_t equals = parameter.find('=');
    if (equals == std::string_view::npos) return kBadTarget;
    const std::string_view name = parameter.substr(0, equals);
    const std::string_view value = parameter.substr(equals + 1);
    if (name == "after") {
      const auto after = decimal(value, std::numeric_limits<std::int64_t>::max());
      if (!after) return kBadTarget;
      read.after = *after;
    } else if (name == "wait") {
      const auto wait = decimal(value, wire::kLongestWaitSeconds);
      if (!wait) return kBadTarget;
      read.wait_seconds = static_cast<int>(*wait);
    } else {
      return kBadTarget;
    }
  }
  return read;
}

}  // namespace

Route route_of(std::string_view method, std::string_view target) {
  const std::size_t question = target.find('?');
  std::string_view path = target.substr(0, question);
  const std::string_view query =
      question == std::string_view::npos ? "" : target.substr(question + 1);
  const bool get = method == "GET";
  const bool post = method == "POST";

  if (path == "/healthz") return get ? Route{AskHealth{}} : kGetOnly;
  if (const PageFile* file = page_file(path)) return get ? Route{AskPage{file}} : kGetOnly;
  if (path == "/v1/messages") return post ? Route{AskWrite{}} : kPostOnly;

  constexpr std::string_view kHook = "/hook/";
  if (path.starts_with(kHook)) {
    path.remove_prefix(kHook.size());
    if (!wire::is_hook_name(path)) return kNoRoute;
    return get || post ? Route{AskHook{path, query}} : kGetOrPostOnly;
  }

  constexpr std::string_view kMailbox = "/v1/mailbox/";
  if (!path.starts_with(kMailbox)) return kNoRoute;
  path.remove_prefix(kMailbox.size());
  constexpr std::string_view kAcknowledge = "/acknowledge";
  const bool acknowledge = path.ends_with(kAcknowledge);
  if (acknowledge) path.remove_suffix(kAcknowledge.size());
  const auto mailbox = seal::key_id_from_text(path);
  if (!mailbox) return kBadTarget;
  if (acknowledge) return post ? Route{AskAcknowledge{*mailbox}} : kPostOnly;
  return get ? read_route(*mailbox, query) : kGetOnly;
}

}  // namespace tocsin::relay
