// tocsin respond inbox: shows messages: is this real, am I needed, where, by when?
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "command.h"
#include "responder.h"

namespace tocsin::cli {

namespace {

using base::Exit;
using base::Fault;
using base::printable;
using incident::Answer;

bool is_real(const Notice& notice) { return notice.header.realness == seal::Realness::real; }

// Only a request waits for an answer, until it expires. A decision or an update does not.
bool waits_for_answer(const Notice& notice, base::Instant now) {
  return notice.header.kind == seal::Kind::request && now < notice.header.expires &&
         (notice.letter.answer == Answer::none || notice.letter.answer == Answer::seen);
}

nlohmann::json json_of(const Notice& one) {
  const incident::Notice& notice = one.notice;
  nlohmann::json object = {{"number", one.letter.number},
                           {"message", to_text(one.header.id)},
                           {"realness", is_real(one) ? "real" : "exercise"},
                           {"kind", playbook::to_text(notice.kind)},
                           {"incident", notice.incident},
                           {"organisation", notice.organisation},
                           {"caller", notice.certificate.name},
                           {"tier", seal::to_text(notice.certificate.role)},
                           {"text", notice.text},
                           {"area", notice.area},
                           {"role", notice.role},
                           {"report_to", notice.report_to},
                           {"shift", notice.shift},
                           {"by", nullptr},
                           {"sent", base::to_rfc3339(one.header.created)},
                           {"expires", base::to_rfc3339(one.header.expires)},
                           {"keep_until", base::to_rfc3339(notice.keep_until)},
                           {"answer", nullptr},
                           {"answer_time", nullptr}};
  if (notice.by) object["by"] = base::to_rfc3339(*notice.by);
  if (one.letter.answer != Answer::none && one.letter.answer != Answer::seen) {
    object["answer"] = incident::to_text(one.letter.answer);
    if (one.letter.when) object["answer_time"] = base::to_rfc3339(*one.letter.when);
  }
  return object;
}

class Inbox final : public Command {
 public:
  void describe(Options& app) override {
    app.add_option("--wait", wait_, "Wait up to so many seconds for a message")
        ->type_name("SECONDS")
        ->between(0, 86'400)
        ->capture_default_str();
    add_spool_option(app, spool_);
  }

  Exit run(Context& context) override {
    Responder responder = Responder::open(context, spool_);
    const bool was_listed = responder.home().enrolment().list > 0;
    const Responder::Fetched fetched = context.dry_run ? Responder::Fetched{} : fetch(responder);
    if (fetched.was_revoked && !was_listed)
      throw Fault(Exit::untrusted,
                  "this device is not accepted: its invitation was used on another",
                  "ask for a new invitation");
    if (fetched.was_revoked)
      throw Fault(Exit::untrusted,
                  "your organisation has taken this device off its list: its key and its messages "
                  "are destroyed",
                  "ask for a new invitation if that was a mistake");
    if (fetched.was_accepted)
      context.out.note(fmt::format("{} has accepted this device",
                                   printable(responder.home().enrolment().organisation_name)));
    if (fetched.refused > 0)
      context.out.note(fmt::format(
          "{} not from a coordinator of this organisation: not shown. Do not act on others like it",
          fetched.refused == 1 ? "a message is" : fmt::format("{} messages are", fetched.refused)));
    const std::vector<Notice> notices = responder.notices();
    print(context, responder, notices, fetched);
    context.out.flush();
    if (!context.dry_run) say_seen(responder, notices);
    if (fetched.trouble.empty()) return Exit::done;
    throw Fault(Exit::unreachable, fetched.trouble, "what is shown is what had come before");
  }

 private:
  // One poll takes at most a minute, so a longer wait takes several.
  Responder::Fetched fetch(Responder& responder) const {
    const base::Stopwatch watch;
    while (true) {
      const double left = static_cast<double>(wait_) - watch.seconds();
      Responder::Fetched fetched =
          responder.fetch(std::chrono::seconds{left > 0 ? static_cast<int>(left + 0.999) : 0});
      if (left <= 0 || fetched.letters > 0 || fetched.was_accepted || fetched.was_revoked ||
          !fetched.trouble.empty())
        return fetched;
    }
  }

  static void say_seen(Responder& responder, const std::vector<Notice>& notices) {
    for (const Notice& notice : notices)
      if (notice.letter.answer == Answer::none)
        responder.answer(notice,
                         {Answer::seen, std::nullopt});  // if lost, it is sent the next time
  }

  static void print(Context& context, const Responder& responder,
                    const std::vector<Notice>& notices, const Responder::Fetched& fetched) {
    const home::Enrolment& enrolment = responder.home().enrolment();
    if (context.json) {
      nlohmann::json messages = nlohmann::json::array();
      for (const Notice& notice : notices) messages.push_back(json_of(notice));
      context.out.json({{"accepted", enrolment.accepted()},
                        {"organisation", enrolment.organisation_name},
                        {"messages", messages},
                        {"refused", fetched.refused}});
      return;
    }
    if (!enrolment.accepted())
      context.out.line("This device is not accepted yet: nobody can call it in.");
    if (notices.empty()) context.out.line("No messages.");
    for (const Notice& notice : notices) print(context.out, enrolment, notice, context.clock.now());
  }

  static void print(Output& out, const home::Enrolment& enrolment, const Notice& one,
                    base::Instant now) {
    const incident::Notice& notice = one.notice;
    const std::string_view banner = is_real(one) ? " REAL INCIDENT " : " EXERCISE ";
    std::string kind{playbook::to_text(notice.kind)};
    std::replace(kind.begin(), kind.end(), '_', ' ');
    out.line(fmt::format("[{}] {}  {}, {}", one.letter.number,
                         out.paint(is_real(one) ? Paint::real : Paint::exercise, banner), kind,
                         base::local_stamp(one.header.created)));
    const auto field = [&](std::string_view name, const std::string& value) {
      if (!value.empty()) out.line(fmt::format("    {:<11} {}", name, value));
    };
    field("incident", printable(notice.incident));
    field("called by", fmt::format("{} ({})", printable(notice.certificate.name),
                                   seal::to_text(notice.certificate.role)));
    field("signature",
          fmt::format("good, certified by {}", printable(enrolment.organisation_name)));
    field("role", printable(notice.role));
    field("area", printable(notice.area));
    field("report to", printable(notice.report_to));
    field("shift", printable(notice.shift));
    if (notice.by) field("needed by", base::local_stamp(*notice.by));
    for (const std::string_view line : base::split(notice.text, '\n'))
      out.line(fmt::format("    {}", printable(line)));
    const Answer answer = one.letter.answer;
    if (answer != Answer::none && answer != Answer::seen)
      field("you said", words_of(one.letter.when, answer));
    if (waits_for_answer(one, now))
      out.line(out.paint(Paint::bold,
                         fmt::format("    tocsin respond answer {} coming --eta MINUTES | later "
                                     "--from TIME | last-resort | no",
                                     one.letter.number)));
    out.line("");
  }

  int wait_ = 0;
  std::string spool_;
};

}  // namespace

std::unique_ptr<Command> make_respond_inbox() { return std::make_unique<Inbox>(); }

}  // namespace tocsin::cli
