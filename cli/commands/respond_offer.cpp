// tocsin respond offer: offers help unasked, to the newest incident that this device knows.
#include "command.h"
#include "responder.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;
using incident::Answer;

class Offer final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("--eta", eta_, "Minutes until you could be there")
        ->type_name("MINUTES")
        ->required();
    add_spool_option(app, spool_);
  }

  Exit run(Context& context) override {
    const incident::Reply reply{Answer::coming, arrival_in(context, eta_)};
    Responder responder = Responder::open(context, spool_);
    std::vector<Notice> notices = responder.notices();
    std::erase_if(notices, [&](const Notice& notice) {
      return notice.header.expires <= context.clock.now();
    });
    if (notices.empty())
      throw Fault(Exit::usage, "no incident has been announced to this device",
                  "look again with \"tocsin respond inbox\"; please do not telephone to offer");
    return send_answer(context, responder, notices.front(), reply);
  }

 private:
  std::string eta_;
  std::string spool_;
};

}  // namespace

std::unique_ptr<Command> make_respond_offer() { return std::make_unique<Offer>(); }

}  // namespace tocsin::cli
