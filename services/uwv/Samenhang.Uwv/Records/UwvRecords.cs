using Samenhang.Domains.Records;
using Samenhang.Uwv.Benefits;
using Samenhang.Uwv.EffortTests;
using Samenhang.Uwv.Ips;
using Samenhang.Uwv.Judgements;
using Samenhang.Uwv.Unemployment;

namespace Samenhang.Uwv.Records;

/// <summary>Says which records UWV keeps.</summary>
internal static class UwvRecords
{
    public static DomainRecords<UwvDomain> KeepUwvRecords(this DomainRecords<UwvDomain> records) => records
        .Keep<Benefit, BenefitEvent>(BenefitNews.Of, events => events
            .Tell<BenefitEvent.Applied>("benefit-applied")
            .Tell<BenefitEvent.Granted>("benefit-granted")
            .Tell<BenefitEvent.Refused>("benefit-refused")
            .Tell<BenefitEvent.Ended>("benefit-ended"))
        .Keep<Judgement, JudgementEvent>(JudgementNews.Of, events => events
            .Tell<JudgementEvent.Asked>("judgement-asked")
            .Tell<JudgementEvent.Given>("judgement-given"))
        .Keep<EffortTest, EffortTestEvent>(EffortTestNews.Of, events => events
            .Tell<EffortTestEvent.Started>("effort-test-started")
            .Tell<EffortTestEvent.Judged>("effort-judged")
            .Tell<EffortTestEvent.SanctionShortened>("wage-sanction-shortened"))
        .Keep<WwGuidance, WwGuidanceEvent>(WwGuidanceNews.Of, events => events
            .Tell<WwGuidanceEvent.Started>("ww-guidance-started")
            .Tell<WwGuidanceEvent.ProfileChosen>("ww-profile-chosen")
            .Tell<WwGuidanceEvent.TalkHeld>("ww-talk-held")
            .Tell<WwGuidanceEvent.Ended>("ww-guidance-ended"))
        .Keep<IpsRegistration, IpsRegistrationEvent>(IpsNews.Of, events => events
            .Tell<IpsRegistrationEvent.Registered>("ips-registered")
            .Tell<IpsRegistrationEvent.Withdrawn>("ips-registration-withdrawn"));
}
