using Microsoft.AspNetCore.Components.Forms;

namespace Coordinator.Dashboard.Layout;

/// <summary>Provides no antiforgery tokens, because there are no forms. So no cookie is set that another silo could not read.</summary>
internal sealed class NoForms : AntiforgeryStateProvider
{
    public override AntiforgeryRequestToken? GetAntiforgeryToken() => null;
}
