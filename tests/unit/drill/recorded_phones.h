// Telephones that hand out what a test puts on them, and keep what people send.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "drill/people/phones.h"

namespace tocsin::drill {

class RecordedPhones final : public Phones {
 public:
  struct Sent {
    std::size_t person;
    seal::Header header;
    incident::Reply reply;
  };

  std::vector<device::Message> fetch(std::size_t person, base::Instant) override {
    return std::exchange(waiting[person], {});
  }
  void send(std::size_t person, const seal::Header& header, const incident::Reply& reply) override {
    sent.push_back({person, header, reply});
  }

  std::map<std::size_t, std::vector<device::Message>> waiting;
  std::vector<Sent> sent;
};

inline incident::Notice notice_of(playbook::MessageKind kind) {
  incident::Notice notice;
  notice.kind = kind;
  return notice;
}

}  // namespace tocsin::drill
