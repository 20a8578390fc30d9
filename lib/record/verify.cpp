#include "record/verify.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "incident/state/event.h"
#include "journal/sqlite.h"

namespace tocsin::record {

namespace {

std::string_view tier_of(seal::Role role) noexcept {
  switch (role) {
    case seal::Role::strategic:
      return "strategic";
    case seal::Role::tactical:
      return "tactical";
    default:
      return "operational";
  }
}

// Compares each event with the one before it.
class ClockCheck {
 public:
  explicit ClockCheck(std::vector<SetBack>& found) : found_(found) {}

  void see(std::uint64_t number, const incident::Event& event) {
    const auto* said = std::get_if<incident::ClockSetBack>(&event.body);
    const base::Milliseconds by = before_ ? *before_ - event.at : base::Milliseconds{0};
    const bool is_back = by > base::Milliseconds{0};
    if (said != nullptr || is_back)
      found_.push_back({number, std::max(by, base::Milliseconds{0}),
                        said != nullptr && is_back &&
                            said->milliseconds == static_cast<std::uint64_t>(by.count())});
    before_ = event.at;
  }

 private:
  std::vector<SetBack>& found_;
  std::optional<base::Instant> before_;
};

}  // namespace

seal::StoreKey open_store(const Listed& incident, const seal::OpeningKey& reader) {
  try {
    return journal::open_store_key(incident.path, reader);
  } catch (const journal::Malformed& malformed) {
    throw malformed.as_damage();
  }
}

Verified verify(const Listed& incident, const seal::VerifyKey& organisation,
                const seal::StoreKey& store,
                const std::optional<journal::HeadDigits>& expected_head) {
  Verified verified{journal::verify(incident.path, {organisation, &store, expected_head}), {}};
  ClockCheck clock(verified.set_back);
  std::optional<std::uint64_t> first_out_of_force;
  journal::read_verified(incident.path, store, verified, [&](const journal::SignedEntry& entry) {
    // The time of an event of a newer program is unknown, so it cannot be checked here.
    const auto event = incident::decode_event(entry.body);
    if (event && !first_out_of_force && !seal::is_in_force(entry.author, event->at))
      first_out_of_force = entry.number;
    if (event) clock.see(entry.number, *event);
  });
  if (first_out_of_force && (!verified.flaw || *first_out_of_force < verified.flaw->event))
    verified.flaw = {*first_out_of_force,
                     "was made at a time when its author's certificate was not in force"};
  return verified;
}

std::string words_of(const journal::Flaw& flaw) {
  return flaw.event == 0 ? flaw.reason : fmt::format("event {} {}", flaw.event, flaw.reason);
}

std::string words_of(const SetBack& set_back) {
  if (set_back.is_recorded)
    return fmt::format("the clock went back by {} before event {}", base::span_text(set_back.by),
                       set_back.event);
  if (set_back.by > base::Milliseconds{0})
    return fmt::format("event {} is {} earlier than the one before it, and does not say so",
                       set_back.event, base::span_text(set_back.by));
  return fmt::format("event {} says that the clock went back, and it did not", set_back.event);
}

nlohmann::json to_json(const Listed& incident, const Verified& verified) {
  std::vector<std::uint64_t> events(verified.authors.size());
  std::uint64_t before = 0;
  for (const auto& transaction : verified.transactions) {
    events[transaction.author] += transaction.last - before;
    before = transaction.last;
  }
  auto authors = nlohmann::json::array();
  for (std::size_t i = 0; i < verified.authors.size(); ++i)
    authors.push_back({{"name", verified.authors[i].name},
                       {"tier", tier_of(verified.authors[i].role)},
                       {"events", events[i]}});
  const auto number_or_null = [](const std::optional<std::uint64_t>& number) {
    return number ? nlohmann::json(*number) : nlohmann::json(nullptr);
  };
  auto set_back = nlohmann::json::array();
  for (const SetBack& one : verified.set_back)
    set_back.push_back(
        {{"event", one.event}, {"milliseconds", one.by.count()}, {"recorded", one.is_recorded}});
  nlohmann::json flaw = nullptr;
  if (verified.flaw) flaw = {{"event", verified.flaw->event}, {"reason", verified.flaw->reason}};
  return {{"incident", seal::to_text(incident.id)},
          {"label", incident.label},
          {"sound", !verified.flaw},
          {"flaw", flaw},
          {"events", verified.events},
          {"signatures", verified.transactions.size()},
          {"head", base::to_hex(verified.head)},
          {"authors", authors},
          {"clock_set_back", set_back},
          {"expected_at", number_or_null(verified.expected_at)},
          {"remembered_at", number_or_null(verified.remembered_at)}};
}

}  // namespace tocsin::record
