// What each simulated person was really told, and what they really said. Nothing here comes from
// the journal: words are written down when they reach a device or an ear, and what they mean is
// read from the words themselves.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "incident/message/payload.h"
#include "seal/envelope.h"

namespace tocsin::simulation {

struct Heard {
  std::size_t person = 0;
  seal::MessageId message;
  std::string words;
  base::Instant at;
};

struct Said {
  std::size_t person = 0;
  incident::Answer answer = incident::Answer::none;
  base::Instant at;
  bool by_device = false;
};

class Diary {
 public:
  explicit Diary(std::size_t people) : by_person_(people) {}

  void hears(std::size_t person, const seal::MessageId& message, std::string words,
             base::Instant at);
  void says(std::size_t person, const seal::MessageId& reply, incident::Answer answer,
            base::Instant at);
  // On the telephone or at the desk: somebody else writes it down.
  void says_aloud(std::size_t person, incident::Answer answer, base::Instant at);

  bool has_heard(const seal::MessageId& message) const { return heard_.contains(message); }
  const std::vector<Heard>& heard() const noexcept { return all_; }
  const Said* said(const seal::MessageId& reply) const;
  // Everything that a person said, in order.
  const std::vector<Said>& said_by(std::size_t person) const { return by_person_[person]; }
  // Whether they have given this answer aloud.
  bool has_said_aloud(std::size_t person, incident::Answer answer) const;

 private:
  std::vector<Heard> all_;
  std::set<seal::MessageId> heard_;
  std::map<seal::MessageId, Said> said_;
  std::vector<std::vector<Said>> by_person_;
};

// What words mean to whoever hears them.
enum class Meaning : std::uint8_t { question, come, sleep, stay_near, stay_home, noted, other };
Meaning meaning_of(const std::string& words);
Meaning meaning_of(playbook::MessageKind kind);

}  // namespace tocsin::simulation
