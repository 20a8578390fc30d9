#include "roster/membership/reachability.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace tocsin::roster {

std::size_t ways_to_reach(const Responder& person, const Membership& membership) {
  std::set<std::string_view> addresses;
  for (const ContactPoint& contact : person.contacts)
    if (contact.is_usable()) addresses.insert(contact.address);
  return addresses.size() + membership.live_devices(person.id).size();
}

Reach reach_of(const Roster& roster, const Membership& membership) {
  Reach out;
  for (std::size_t i = 0; i < roster.size(); ++i) {
    const Responder& person = roster[i];
    if (!person.is_active()) continue;
    const std::size_t ways = ways_to_reach(person, membership);
    if (ways == 0) out.unreachable.push_back(i);
    if (ways == 1) out.single.push_back(i);
    const bool tested =
        std::any_of(person.contacts.begin(), person.contacts.end(),
                    [](const ContactPoint& contact) { return contact.tested.has_value(); });
    if (!person.contacts.empty() && !tested) out.untested.push_back(i);
    const bool has_wrong =
        std::any_of(person.contacts.begin(), person.contacts.end(),
                    [](const ContactPoint& contact) { return !contact.working; });
    if (has_wrong) out.wrong.push_back(i);
    for (const ContactPoint& contact : person.contacts)
      out.without_consent += contact.consented ? 0 : 1;
  }
  return out;
}

}  // namespace tocsin::roster
