namespace Samenhang.Web.SignIn;

/// <summary>How one signs in here.</summary>
internal sealed class SignInState
{
    /// <summary>True = a page on which one chooses a demo person stands in for a real issuer; every page says so.</summary>
    public bool IsDevelopment { get; init; }
}
