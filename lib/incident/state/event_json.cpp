// An event as JSON, which an inquiry reads.
#include <nlohmann/json.hpp>
#include <utility>

#include "incident/state/event.h"
#include "incident/state/event_fields.h"

namespace tocsin::incident {

namespace {

using nlohmann::json;

std::string words(seal::Realness realness) {
  return realness == seal::Realness::real ? "real" : "exercise";
}
std::string words(Answer answer) { return std::string{to_text(answer)}; }
std::string words(Audience audience) { return std::string{to_text(audience)}; }
std::string words(Flag flag) { return std::string{to_text(flag)}; }
std::string words(Unread unread) { return std::string{to_text(unread)}; }
std::string words(Verdict verdict) { return std::string{to_text(verdict)}; }
std::string words(contact::Receipt receipt) { return std::string{contact::to_text(receipt)}; }
std::string words(playbook::MessageKind kind) { return std::string{playbook::to_text(kind)}; }

json digest_of(base::ByteView bytes) {
  return {{"bytes", bytes.size()}, {"blake2b_256", base::to_hex(seal::hash_of(bytes))}};
}

struct Export {
  json& out;
  template <class T>
  void operator()(std::string_view name, const T& value) {
    if constexpr (Enumeration<T>)
      out[std::string{name}] = words(value);
    else if constexpr (kIsId<T>)
      out[std::string{name}] = value.str();
    else
      out[std::string{name}] = form(name, value);
  }
  json form(std::string_view name, const std::string& value) {
    return name == "playbook" ? digest_of(base::bytes_of(value)) : json(value);
  }
  json form(std::string_view, const base::Bytes& value) { return digest_of(value); }
  json form(std::string_view, std::uint64_t value) { return value; }
  json form(std::string_view, base::Instant value) {
    return value == base::Instant{} ? json(nullptr) : json(base::to_rfc3339(value));
  }
  json form(std::string_view, const seal::MessageId& value) { return seal::to_text(value); }
  json form(std::string_view, const std::vector<SeatOutlook>& value) {
    json seats = json::array();
    for (const SeatOutlook& seat : value)
      seats.push_back({{"post", seat.post.str()},
                       {"deadline", seat.deadline},
                       {"probability", static_cast<double>(seat.per_mille) / 1000.0}});
    return seats;
  }
  template <class Tag>
  json form(std::string_view, const std::vector<base::Id<Tag>>& value) {
    json ids = json::array();
    for (const base::Id<Tag>& id : value) ids.push_back(id.str());
    return ids;
  }
  json form(std::string_view, const std::vector<seal::MessageId>& value) {
    json ids = json::array();
    for (const seal::MessageId& id : value) ids.push_back(seal::to_text(id));
    return ids;
  }
  json form(std::string_view, const std::vector<std::uint64_t>& value) { return value; }
  json form(std::string_view, const std::vector<TimesCalled>& value) {
    json people = json::array();
    for (const TimesCalled& called : value)
      people.push_back({{"person", called.person.str()}, {"times", called.times}});
    return people;
  }
  json form(std::string_view, const seal::PublicIdentity& value) {
    return seal::to_text(value.id());
  }
};

}  // namespace

nlohmann::json to_json(const Event& event) {
  json out = {{"at", base::to_rfc3339(event.at)}, {"by", event.by}, {"event", name_of(event.body)}};
  std::visit(
      [&](const auto& body) {
        Export visit{out};
        const_cast<std::remove_cvref_t<decltype(body)>&>(body).fields(visit);
      },
      event.body);
  return out;
}

}  // namespace tocsin::incident
