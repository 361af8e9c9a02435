using System.Text.RegularExpressions;
using Samenhang.Access;
using Samenhang.Casemanager.Domain.Cases;
using Samenhang.Casemanager.Domain.Events;
using Samenhang.Language;

namespace Samenhang.Casemanager.Domain.Subscriptions;

/// <summary>What becomes of a request about a subscription: its changes, or why there are none.</summary>
public sealed record SubscriptionDecision(IReadOnlyList<SubscriptionChange> Changes, CaseError? Error)
{
    /// <summary>It happens.</summary>
    public static SubscriptionDecision Accepted(params IReadOnlyList<SubscriptionChange> changes) => new(changes, null);

    /// <summary>It does not happen.</summary>
    public static SubscriptionDecision Refused(CaseError error) => new([], error);
}

/// <summary>Decides about subscriptions, from their state and nothing else.</summary>
/// <param name="vocabulary">Who may record something.</param>
public sealed partial class SubscriptionDecisions(Vocabulary vocabulary)
{
    /// <summary>Makes a subscription.</summary>
    /// <param name="state">What stands.</param>
    /// <param name="id">The identifier.</param>
    /// <param name="wish">What is asked for.</param>
    /// <param name="wrongFilters">What is wrong with the filters: found by whoever reads them.</param>
    /// <param name="by">Who asks: a role or service.</param>
    /// <param name="at">When.</param>
    public SubscriptionDecision Create(SubscriptionState state, string id, Wish wish, IReadOnlyList<FieldFault> wrongFilters, string by, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(wish);
        if (state.Created is not null)
        {
            return Forbidden("SUBSCRIPTION_EXISTS", "Dit abonnement bestaat al.", "This subscription exists already.");
        }

        List<FieldFault> faults = [.. Who(by), .. OfIdentity(wish.Subscriber), .. OfPurpose(wish), .. OfTypes(wish.Types), .. wrongFilters];
        return faults.Count > 0 ? SubscriptionDecision.Refused(new CaseError.Invalid(faults)) : SubscriptionDecision.Accepted(new SubscriptionCreated(id, wish, by, at));
    }

    /// <summary>Stops filling the queue.</summary>
    public SubscriptionDecision Pause(SubscriptionState state, string by, DateTimeOffset at) =>
        Unless(state, by, SubscriptionStatus.Active, "SUBSCRIPTION_PAUSED", "Dit abonnement staat al stil.", "This subscription is paused already.", new SubscriptionPaused(PauseReason.Asked, null, by, at));

    /// <summary>Fills the queue again with what happens from here on.</summary>
    public SubscriptionDecision Resume(SubscriptionState state, string by, DateTimeOffset at) =>
        Unless(state, by, SubscriptionStatus.Paused, "SUBSCRIPTION_ACTIVE", "Dit abonnement loopt al.", "This subscription is active already.", new SubscriptionResumed(by, at));

    /// <summary>Ends it.</summary>
    public SubscriptionDecision End(SubscriptionState state, string by, DateTimeOffset at) =>
        Unless(state, by, null, "", "", "", new SubscriptionEnded(by, at));

    /// <summary>The queue was full: what does not fit is read over the feed. Nothing when it does not run any more.</summary>
    /// <param name="state">What stands.</param>
    /// <param name="after">The last position that the queue has all of.</param>
    /// <param name="at">When.</param>
    public static IReadOnlyList<SubscriptionChange> FallBehind(SubscriptionState state, long after, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state is { Created: not null, Status: SubscriptionStatus.Active } ? [new SubscriptionPaused(PauseReason.Behind, after, Services.Casemanager, at)] : [];
    }

    private SubscriptionDecision Unless(SubscriptionState state, string by, SubscriptionStatus? only, string type, string nl, string en, SubscriptionChange change)
    {
        ArgumentNullException.ThrowIfNull(state);
        var faults = Who(by).ToList();
        return state.Created is null ? SubscriptionDecision.Refused(new CaseError.NoSuchItem("subscription"))
            : faults.Count > 0 ? SubscriptionDecision.Refused(new CaseError.Invalid(faults))
            : state.Status == SubscriptionStatus.Ended ? Forbidden("SUBSCRIPTION_ENDED", "Dit abonnement is beëindigd.", "This subscription has ended.")
            : only is not null && state.Status != only ? Forbidden(type, nl, en)
            : SubscriptionDecision.Accepted(change);
    }

    private static IEnumerable<FieldFault> OfIdentity(Subscriber subscriber)
    {
        var (pattern, nl, en) = subscriber.Audience switch
        {
            Audience.Insurer => (FourDigits(), "Een UZOVI-code heeft vier cijfers.", "A UZOVI code has four digits."),
            Audience.Municipality => (FourDigits(), "Een gemeentecode heeft vier cijfers.", "A municipality code has four digits."),
            Audience.Uwv or Audience.Employer or Audience.CasemanagerOrganisation => (TwentyDigits(), "Een OIN heeft twintig cijfers en begint met 000000.", "An OIN has twenty digits and starts with 000000."),
        };
        if (!pattern.IsMatch(subscriber.Identity))
        {
            yield return new("subscriber", new Sentence(nl, en));
        }
    }

    private static IEnumerable<FieldFault> OfPurpose(Wish wish)
    {
        var own = AccessBook.Current.OwnPurposes(wish.Subscriber.Audience.Role());
        if (own.FirstOrDefault(known => known.Id == wish.Purpose) is not { } purpose)
        {
            yield return new("purpose", new Sentence(
                $"Dit is geen doel van deze soort afnemer. Kies uit: {string.Join(", ", own.Select(known => known.Id))}.",
                $"This is no purpose of this kind of subscriber. Choose from: {string.Join(", ", own.Select(known => known.Id))}."));
        }
        else if (!purpose.Grounds.Contains(wish.Ground))
        {
            yield return new("legal_ground", new Sentence("Dit doel kan niet op deze grondslag rusten.", "This purpose cannot rest on this legal ground."));
        }
    }

    private static IEnumerable<FieldFault> OfTypes(IReadOnlyList<string> types) => types
        .Select((type, i) => (type, i))
        .Where(one => !PublicEventTypes.ByName.ContainsKey(one.type))
        .Select(one => new FieldFault($"types[{one.i}]", new Sentence(
            "Deze soort gebeurtenis bestaat niet.", $"There is no such type of event{Spelling.Hint(one.type, PublicEventTypes.ByName.Keys)}.")));

    private IEnumerable<FieldFault> Who(string by)
    {
        if (!vocabulary.PartyRoles.ContainsKey(by) && !Services.Asked.Contains(by) && by != Services.Casemanager)
        {
            yield return new("by", new Sentence("Dit is geen rol en geen domein.", "This is no role and no domain."));
        }
    }

    private static SubscriptionDecision Forbidden(string type, string nl, string en) =>
        SubscriptionDecision.Refused(new CaseError.Forbidden(type, new Sentence(nl, en)));

    [GeneratedRegex("^[0-9]{4}\\z")]
    private static partial Regex FourDigits();

    [GeneratedRegex("^000000[0-9]{14}\\z")]
    private static partial Regex TwentyDigits();
}
