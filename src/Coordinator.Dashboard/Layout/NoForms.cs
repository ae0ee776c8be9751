using Microsoft.AspNetCore.Components.Forms;

namespace Coordinator.Dashboard.Layout;

/// <summary>Gives out no tokens for forms, because there are none; so no cookie is set that another silo could not read.</summary>
internal sealed class NoForms : AntiforgeryStateProvider
{
    public override AntiforgeryRequestToken? GetAntiforgeryToken() => null;
}
