using Samenhang.Access;

namespace Samenhang.Platform.Tests.Access;

public sealed class AdmissionTests
{
    private const string GetPlan = "/samenhang.casemanager.v1.CasemanagerService/GetPlan";
    private const string AddNeed = "/samenhang.casemanager.v1.CasemanagerService/AddNeed";
    private const string ListNames = "/samenhang.casemanager.v1.CaseSightService/ListNames";

    private static readonly CallStatement Casework = new("casemanagement", "publieke-taak", null, null);

    [Fact]
    public void Who_has_scope_role_purpose_and_ground_is_admitted()
    {
        var admitted = Decide(GetPlan, Token(CallerRole.Casemanager), Casework);

        Assert.Empty(admitted.Missing);
        Assert.Equal((CallerRole.Casemanager, "casemanagement", LegalGround.PublicTask), (admitted.Caller!.Role, admitted.Caller.Purpose, admitted.Caller.Ground));
    }

    [Fact]
    public void All_that_is_missing_is_told_at_once()
    {
        var refused = Decide(GetPlan, Token(CallerRole.Employer, "reference:read"), new(null, "gewoon", null, "geheim"));

        Assert.Null(refused.Caller);
        Assert.Equal(["role:employer", "scope:case:read", "x-vertrouwelijkheid", "x-doelbinding", "x-grondslag:gewoon"], refused.Missing);
    }

    [Theory]
    [InlineData("/samenhang.casemanager.v1.CasemanagerService/GetEverything")]
    [InlineData("/somebody.else.v1.Service/Get")]
    public void A_call_that_stands_nowhere_nobody_may_make(string method) =>
        Assert.Equal(["call"], Decide(method, Token(CallerRole.Casemanager), Casework).Missing);

    [Fact]
    public void A_purpose_is_that_of_the_role_and_rests_on_its_own_grounds()
    {
        Assert.Equal(["x-doelbinding:zvw-uitvoering"], Decide(GetPlan, Token(CallerRole.Casemanager), new("zvw-uitvoering", "wettelijke-plicht", null, null)).Missing);
        Assert.Equal(["x-grondslag:vitaal-belang"], Decide(GetPlan, Token(CallerRole.Casemanager), new("casemanagement", "vitaal-belang", null, null)).Missing);
    }

    [Fact]
    public void What_is_the_same_for_everybody_needs_no_purpose() =>
        Assert.NotNull(Decide(ListNames, Token(CallerRole.Casemanager), new(null, null, null, null)).Caller);

    [Fact]
    public void In_an_emergency_one_reads_with_a_reason_and_changes_nothing()
    {
        var emergency = new CallStatement("noodsituatie", "vitaal-belang", "Cliënt is onvindbaar en in gevaar.", null);

        Assert.True(Decide(GetPlan, Token(CallerRole.Casemanager), emergency).Caller!.IsEmergency);
        Assert.Equal(["x-reden"], Decide(GetPlan, Token(CallerRole.Casemanager), emergency with { Reason = "nood" }).Missing);
        Assert.Equal(["x-doelbinding:noodsituatie only reads"], Decide(AddNeed, Token(CallerRole.Casemanager), emergency).Missing);
    }

    [Fact]
    public void A_role_that_we_do_not_know_is_none() => Assert.Equal(["role"], Decide(GetPlan, Token(CallerRole.Casemanager) with { Role = null }, Casework).Missing);

    [Fact]
    public void Every_purpose_names_its_law_and_every_role_but_a_service_has_one_of_its_own()
    {
        Assert.All(AccessBook.Current.Purposes, purpose => Assert.True(purpose.Source.Length > 0 && purpose.Grounds.Count > 0 && purpose.Title.En.Length > 0, purpose.Id));
        Assert.All(
            Enum.GetValues<CallerRole>(),
            role => Assert.Contains(AccessBook.Current.Purposes, purpose => purpose.Roles.Contains(role) && !purpose.IsEmergency));
    }

    [Fact]
    public void Employers_and_steering_may_never_call_for_a_whole_case() =>
        Assert.DoesNotContain(
            AccessBook.Current.Calls,
            call => call.Scope is "case:read" or "case:write" && !call.Method.EndsWith("/ShowCaseAs", StringComparison.Ordinal) &&
                (call.Roles.Contains(CallerRole.Employer) || call.Roles.Contains(CallerRole.Steering) || call.Roles.Contains(CallerRole.Operator)));

    private static Admission Decide(string method, TokenClaims token, CallStatement said) => Admission.Decide(AccessBook.Current, method, token, said);

    private static TokenClaims Token(CallerRole role, params string[] scopes) => new(
        "https://issuer.example", "somebody", role, "", "gm9901", [], new HashSet<string>(scopes.Length > 0 ? scopes : AccessBook.Current.ScopesOf(role)));
}
