#include "incident/coordinator/ring_again.h"

#include <fmt/format.h>

#include "base/fault.h"
#include "incident/message/notice.h"

namespace tocsin::incident {

namespace {

using playbook::MessageKind;

// A decision that was replaced since is not said any more.
bool still_holds(const State& state, const Message& message) {
  const Person& person = state.people[message.person];
  if (message.kind == MessageKind::update) return true;
  return message.kind == MessageKind::assigned && person.status == Status::assigned &&
         state.playbook.posts[state.slots[person.slot].post].id == message.post;
}

}  // namespace

Order ring_again(const State& state, const Call& call, Noted noted, base::Instant now,
                 base::Random& ids) {
  const std::string& name = state.roster[call.person].name;
  if (state.has_ended())
    throw base::Fault(base::Exit::usage, fmt::format("{} has ended", state.declared.label),
                      "what was noted stays as it is");
  const Person& person = state.people[call.person];
  Order order;
  const auto issue = [&](MessageKind kind, const PostId& post, const std::string& text) {
    order.events.emplace_back(Issued{seal::random_message_id(ids), state.roster[call.person].id,
                                     kind, kPhone, post, 0, now + kMessageLife, text,
                                     "the switchboard noted the last call wrongly"});
  };
  const bool is_right_after_all = noted == Noted::wrong_number && call.contact != 0;
  if (is_right_after_all)
    order.events.emplace_back(CallEnded{call.number, 0, state.roster[call.person].id, call.contact,
                                        std::string{kRightNumber}});
  bool asks = noted == Noted::answer;
  for (const MessageIndex index : call.messages) {
    const Message& message = state.messages[index];
    if (state.phone_list.contains(index)) continue;
    if (message.kind == MessageKind::request || message.kind == MessageKind::reminder)
      asks = true;
    else if (!is_right_after_all && still_holds(state, message))  // else they come back by that
      issue(message.kind, message.post, message.text);
  }
  if (asks && !person.let_go)  // whoever was released meanwhile is not wanted any more
    issue(MessageKind::reminder,
          person.asked_for.empty() ? state.messages[call.messages.front()].post : person.asked_for,
          "");
  order.said = fmt::format("{}: the last note was wrong; what you note now counts", name);
  return order;
}

}  // namespace tocsin::incident
