#include "incident/view/receipts.h"

#include <gtest/gtest.h>

#include "unit/incident/night.h"

namespace tocsin::incident {
namespace {

class ReceiptsTest : public testing::Test {
 protected:
  ReceiptsTest() : night_(written_first()) { night_.settle(0); }

  void tell(const char* who, const ChannelId& channel) {
    Issued words{seal::random_message_id(night_.random),
                 PersonId{who},
                 playbook::MessageKind::update,
                 channel,
                 {},
                 0,
                 at(600),
                 "north entrance",
                 "words"};
    ids_.push_back(words.id);
    night_.happens(1, std::move(words));
  }
  void receipt(std::size_t of, contact::Receipt receipt) {
    night_.happens(2, Receipted{ids_[of], receipt, ""}, "");
  }
  seal::MessageId id_on_phone(const char* who) const {
    seal::MessageId id;
    for (const MessageIndex index : night_.of(who).messages)
      if (night_.state.messages[index].kind == playbook::MessageKind::update)
        id = night_.state.messages[index].id;
    return id;
  }
  // Told, delivered, not told.
  std::vector<int> counts() const {
    const Receipts receipts = receipts_of(night_.state, ids_);
    return {receipts.told, receipts.delivered, receipts.not_told};
  }

  Night night_;
  std::vector<seal::MessageId> ids_;
};

TEST_F(ReceiptsTest, WrittenIsNotDeliveredAndDeliveredIsNotTold) {
  tell("ana", kThreema);
  tell("ben", ChannelId{"sms"});
  tell("cyn", kThreema);
  EXPECT_EQ(counts(), (std::vector{0, 0, 3}));
  receipt(0, contact::Receipt::sent);
  EXPECT_EQ(counts(), (std::vector{0, 0, 3}));
  receipt(0, contact::Receipt::delivered);
  receipt(1, contact::Receipt::delivered);
  EXPECT_EQ(counts(), (std::vector{1, 1, 1})) << "a text message is a nudge";
}

TEST_F(ReceiptsTest, WordsThatWentOnCountOnce) {
  tell("ana", kThreema);
  night_.settle(30);  // silence: to the switchboard
  EXPECT_EQ(counts(), (std::vector{0, 0, 1}));
  night_.happens(31, CallTaken{PersonId{"ana"}, at(34), {id_on_phone("ana")}});
  night_.replies(32, "ana", Answer::coming, 50, kPhone);
  EXPECT_EQ(counts(), (std::vector{1, 0, 0}));
}

TEST_F(ReceiptsTest, WordsThatTheEndReplacesWereNotTold) {
  tell("ana", kThreema);
  night_.happens(3, Ended{"over"});
  night_.settle(3);
  EXPECT_EQ(counts(), (std::vector{0, 0, 1}));
}

}  // namespace
}  // namespace tocsin::incident
