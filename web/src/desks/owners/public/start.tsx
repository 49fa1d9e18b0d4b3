/**
 * The owner's pages start by themselves, without the console: people open them once, on slow telephones. Neither Mantine
 * nor web fonts nor the map come along; telephones have Hindi letters of their own.
 */
import './owners.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';

const root = document.getElementById('root');
if (!root) throw new Error('o.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
